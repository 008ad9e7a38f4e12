package dev.headroom.dashboard.control;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one agent is handed: first the line {@code version <v>}, then the budgets' limits, then the order. The version is made from the
 * rest, so it changes exactly when that does. Thread-safe; never blocks.
 */
public final class OrderSheet {
    private final Function<String, String> limitLines;
    private final OrderBook orders;

    /** @param limitLines the lines with the budgets' limits of a service */
    public OrderSheet(Function<String, String> limitLines, OrderBook orders) {
        this.limitLines = limitLines;
        this.orders = orders;
    }

    /** @param instance null for an agent that does not say which it is */
    public String version(String service, @Nullable String instance) {
        return version(lines(service, instance));
    }

    public String text(String service, @Nullable String instance) {
        String lines = lines(service, instance);
        return "version " + version(lines) + "\n" + lines;
    }

    private String lines(String service, @Nullable String instance) {
        Order order = orders.of(service, instance);
        return limitLines.apply(service) + (order == null ? "" : order.lines());
    }

    /** FNV-1a: no secret, only another text, another word. */
    private static String version(String lines) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < lines.length(); i++) {
            hash = (hash ^ lines.charAt(i)) * 0x100000001b3L;
        }
        return Long.toHexString(hash);
    }
}
