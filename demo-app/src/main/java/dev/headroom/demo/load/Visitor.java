package dev.headroom.demo.load;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/** One visitor: its own random numbers and the orders it has placed. Used by one thread. */
public final class Visitor {
    private static final int REMEMBERED_ORDERS = 50;

    private final SplittableRandom random;
    private final Deque<Long> orders = new ArrayDeque<>();

    Visitor(long seed) {
        random = new SplittableRandom(seed);
    }

    SplittableRandom random() {
        return random;
    }

    /** Uniform in [1, bound]. */
    long oneTo(long bound) {
        return 1 + random.nextLong(bound);
    }

    /** Mostly small numbers in [1, bound]: few books make most of the sales. */
    long popular(long bound) {
        double uniform = random.nextDouble();
        return 1 + (long) (bound * uniform * uniform * uniform);
    }

    /** Takes note of an order from the answer's Location. */
    void placed(String location) {
        orders.addLast(Long.parseLong(location.substring(location.lastIndexOf('/') + 1)));
        if (orders.size() > REMEMBERED_ORDERS) {
            orders.removeFirst();
        }
    }

    OptionalLong newestOrder() {
        return orders.isEmpty() ? OptionalLong.empty() : OptionalLong.of(orders.getLast());
    }

    /** The oldest order it remembers, which it then forgets. */
    OptionalLong takeOldestOrder() {
        return orders.isEmpty() ? OptionalLong.empty() : OptionalLong.of(orders.removeFirst());
    }
}
