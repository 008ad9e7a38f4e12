package dev.headroom.demo.orders;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The tables {@code orders} and {@code order_line}. */
@Repository
class Orders {
    private final JdbcTemplate jdbc;

    Orders(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** One query for the orders and one more for each of them: the N+1 trouble, on purpose. */
    List<Order> ofCustomer(long customerId) {
        return jdbc
                .query(
                        "SELECT id, customer_id, status FROM orders WHERE customer_id = ? ORDER BY id LIMIT 8",
                        (row, number) -> new Order(row.getLong(1), row.getLong(2), row.getString(3), List.of()),
                        customerId)
                .stream()
                .map(order -> new Order(order.id(), order.customerId(), order.status(), lines(order.id())))
                .toList();
    }

    /** Returns the new order's id. */
    @Transactional
    public long create(long customerId, List<Order.Line> lines) {
        Long id = jdbc.queryForObject(
                "INSERT INTO orders (customer_id, status) VALUES (?, 'NEW') RETURNING id", Long.class, customerId);
        if (id == null) {
            throw new IllegalStateException("PostgreSQL returned no id for a new order");
        }
        jdbc.batchUpdate(
                "INSERT INTO order_line (order_id, product_id, pieces) VALUES (?, ?, ?)",
                lines.stream()
                        .map(line -> new Object[] {id, line.productId(), line.pieces()})
                        .toList());
        return id;
    }

    /** Returns whether the order exists. */
    boolean changeStatus(long id, String status) {
        return jdbc.update("UPDATE orders SET status = ? WHERE id = ?", status, id) == 1;
    }

    /** Returns whether the order existed. */
    @Transactional
    public boolean delete(long id) {
        jdbc.update("DELETE FROM order_line WHERE order_id = ?", id);
        return jdbc.update("DELETE FROM orders WHERE id = ?", id) == 1;
    }

    private List<Order.Line> lines(long orderId) {
        return jdbc.query(
                "SELECT product_id, pieces FROM order_line WHERE order_id = ? ORDER BY id",
                (row, number) -> new Order.Line(row.getLong(1), row.getInt(2)),
                orderId);
    }
}
