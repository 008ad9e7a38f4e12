package dev.headroom.demo.orders;

import java.util.List;

/** A customer's order with its lines. */
record Order(long id, long customerId, String status, List<Line> lines) {
    Order {
        lines = List.copyOf(lines);
    }

    /** One book of an order, {@code pieces} times. */
    record Line(long productId, int pieces) {}
}
