package dev.headroom.core.export;

import dev.headroom.core.record.Clock;
import java.util.concurrent.atomic.AtomicLong;

/** Time that moves when a test says so. Thread-safe. */
final class ManualClock implements Clock {
    private final AtomicLong wallMillis = new AtomicLong(1_800_000_000_000L);
    private final AtomicLong nanos = new AtomicLong();

    @Override
    public long wallMillis() {
        return wallMillis.get();
    }

    @Override
    public long nanos() {
        return nanos.get();
    }

    /** Time passes. */
    void pass(long millis) {
        wallMillis.addAndGet(millis);
        nanos.addAndGet(millis * 1_000_000);
    }

    /** Somebody sets the wall clock. */
    void step(long millis) {
        wallMillis.addAndGet(millis);
    }
}
