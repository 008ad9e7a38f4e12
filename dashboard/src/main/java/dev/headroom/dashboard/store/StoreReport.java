package dev.headroom.dashboard.store;

import org.jspecify.annotations.Nullable;

/** Tells how the store is. Thread-safe. */
public interface StoreReport {
    /** As it is now; may block on disk for some milliseconds. */
    StoreStatus status();

    /** Why nothing is stored at the moment, or null; never blocks. */
    @Nullable
    String refusal();
}
