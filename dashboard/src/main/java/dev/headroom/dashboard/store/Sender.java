package dev.headroom.dashboard.store;

import java.util.Map;

/**
 * Who sent a batch: one JVM, from its start to its end.
 *
 * @param service {@code service.name}
 * @param instance {@code service.instance.id}: one random UUID per JVM start
 * @param resource every resource attribute, these two included
 */
public record Sender(String service, String instance, Map<String, String> resource) {
    /** Where the specification wants a default. */
    public static final String UNKNOWN_SERVICE = "unknown_service:java";
}
