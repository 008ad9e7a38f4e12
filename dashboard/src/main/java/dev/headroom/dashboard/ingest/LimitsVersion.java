package dev.headroom.dashboard.ingest;

import org.jspecify.annotations.Nullable;

/** Tells agents which limits of budgets they should count at. Thread-safe; never blocks. */
@FunctionalInterface
public interface LimitsVersion {
    /** The version for the service, or null when nothing is to be counted. */
    @Nullable
    String of(String service);
}
