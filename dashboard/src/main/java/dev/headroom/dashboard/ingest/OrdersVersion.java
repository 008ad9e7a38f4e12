package dev.headroom.dashboard.ingest;

import org.jspecify.annotations.Nullable;

/** Tells agents whether there are new orders for them. Thread-safe; never blocks. */
@FunctionalInterface
public interface OrdersVersion {
    /** The version for that JVM, or null when there are none. */
    @Nullable
    String of(String service, String instance);
}
