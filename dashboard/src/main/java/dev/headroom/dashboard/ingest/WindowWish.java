package dev.headroom.dashboard.ingest;

/** How long agents' windows should be for the moment. Thread-safe; never blocks. */
@FunctionalInterface
public interface WindowWish {
    /** In milliseconds, or 0 when they may be as long as the agents were told at their start. */
    long millis(String service);
}
