package dev.headroom.harness;

import dev.headroom.core.record.Clock;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that runs as the machine's, plus what a test moves it by. Thread-safe. */
public final class MovableClock implements Clock {
    private final AtomicLong movedNanos = new AtomicLong();

    public void moveMillis(long millis) {
        movedNanos.addAndGet(millis * 1_000_000);
    }

    @Override
    public long wallMillis() {
        return System.currentTimeMillis() + movedNanos.get() / 1_000_000;
    }

    @Override
    public long nanos() {
        return System.nanoTime() + movedNanos.get();
    }
}
