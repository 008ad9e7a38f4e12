package dev.headroom.demo.load;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * What visitors do: steps with weights and think times. Immutable; the same seed gives the same requests.
 */
public final class LoadMix {
    private static final int PRODUCTS = 5000;
    private static final int CUSTOMERS = 2000;
    private static final int READERS = 60_000;

    private final List<Step> steps;
    private final List<Ask> first;
    private final int totalWeight;

    /** Throws IllegalArgumentException when nothing could ever be picked. */
    public LoadMix(List<Step> steps) {
        this(steps, List.of());
    }

    /** A mix before which each visitor asks {@code first}, such as a login. */
    LoadMix(List<Step> steps, List<Ask> first) {
        this.steps = List.copyOf(steps);
        this.first = List.copyOf(first);
        this.totalWeight = steps.stream().mapToInt(Step::weight).sum();
        if (totalWeight <= 0) {
            throw new IllegalArgumentException("A load mix needs a step with a weight above 0, found " + steps);
        }
    }

    /** The shop's usual day. */
    public static LoadMix shop() {
        Duration glance = Duration.ofMillis(60);
        Duration read = Duration.ofMillis(200);
        return new LoadMix(List.of(
                new Step(30, glance, LoadMix::cachedProduct),
                new Step(14, glance, LoadMix::uncachedProduct),
                new Step(10, read, LoadMix::productPage),
                new Step(3, read, LoadMix::reviews),
                new Step(9, read, LoadMix::customerOrders),
                new Step(7, glance, LoadMix::createOrder),
                new Step(5, glance, LoadMix::changeOrder),
                new Step(4, glance, LoadMix::deleteOrder),
                new Step(3, glance, LoadMix::reprice),
                new Step(9, glance, LoadMix::addToBasket),
                new Step(6, glance, LoadMix::showBasket),
                new Step(6, read, LoadMix::quote),
                new Step(6, glance, LoadMix::bestsellers)));
    }

    /** What is asked once, before all else. */
    List<Ask> first() {
        return first;
    }

    /** The next thing the visitor does. */
    Step pick(Visitor visitor) {
        int left = visitor.random().nextInt(totalWeight);
        for (Step step : steps) {
            left -= step.weight();
            if (left < 0) {
                return step;
            }
        }
        throw new AssertionError("weights do not add up to " + totalWeight);
    }

    private static Ask cachedProduct(Visitor visitor) {
        return Ask.of("GET", "/products/{id}", "/products/" + visitor.popular(PRODUCTS));
    }

    private static Ask uncachedProduct(Visitor visitor) {
        return Ask.of("GET", "/products/{id}/stock", "/products/" + visitor.oneTo(PRODUCTS) + "/stock");
    }

    private static Ask productPage(Visitor visitor) {
        return Ask.of("GET", "/products", "/products?page=" + (visitor.popular(50) - 1));
    }

    private static Ask reviews(Visitor visitor) {
        return Ask.of("GET", "/reviews", "/reviews?reader=reader" + visitor.oneTo(READERS));
    }

    private static Ask customerOrders(Visitor visitor) {
        return Ask.of("GET", "/customers/{id}/orders", "/customers/" + visitor.oneTo(CUSTOMERS) + "/orders");
    }

    private static Ask createOrder(Visitor visitor) {
        String lines = "{\"productId\":%d,\"pieces\":1},{\"productId\":%d,\"pieces\":2},{\"productId\":%d,\"pieces\":1}"
                .formatted(visitor.oneTo(PRODUCTS), visitor.oneTo(PRODUCTS), visitor.oneTo(PRODUCTS));
        String body = "{\"customerId\":%d,\"lines\":[%s]}".formatted(visitor.oneTo(CUSTOMERS), lines);
        return new Ask("POST /orders", "POST", "/orders", body);
    }

    private static Ask changeOrder(Visitor visitor) {
        OptionalLong order = visitor.newestOrder();
        return order.isEmpty()
                ? createOrder(visitor)
                : Ask.of("PUT", "/orders/{id}", "/orders/" + order.getAsLong() + "?status=PAID");
    }

    private static Ask deleteOrder(Visitor visitor) {
        OptionalLong order = visitor.takeOldestOrder();
        return order.isEmpty()
                ? createOrder(visitor)
                : Ask.of("DELETE", "/orders/{id}", "/orders/" + order.getAsLong());
    }

    private static Ask reprice(Visitor visitor) {
        String path = "/products/%d/price?cents=%d".formatted(visitor.popular(PRODUCTS), 500 + visitor.oneTo(4000));
        return Ask.of("PUT", "/products/{id}/price", path);
    }

    private static Ask addToBasket(Visitor visitor) {
        String path = "/baskets/%d?product=%d".formatted(visitor.oneTo(CUSTOMERS), visitor.popular(PRODUCTS));
        return Ask.of("POST", "/baskets/{customer}", path);
    }

    private static Ask showBasket(Visitor visitor) {
        return Ask.of("GET", "/baskets/{customer}", "/baskets/" + visitor.oneTo(CUSTOMERS));
    }

    private static Ask quote(Visitor visitor) {
        return Ask.of("GET", "/quotes/{productId}", "/quotes/" + visitor.popular(PRODUCTS));
    }

    private static Ask bestsellers(Visitor visitor) {
        return Ask.of("GET", "/reports/bestsellers", "/reports/bestsellers");
    }

    /**
     * One kind of request.
     *
     * @param weight how often it is picked, relative to the others
     * @param think mean pause after it; the real one is uniform between half and one and a half of it
     */
    public record Step(int weight, Duration think, Function<Visitor, Ask> ask) {}
}
