package dev.headroom.dashboard.store;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets people go first. Somebody who waits for a page notices a tenth of a second; an agent that waits for its receipt does not. While
 * a page is made, work that nobody looks at waits at {@link #giveWay()}: at most {@link #LONGEST} at a time, and after that at least as
 * long as it waited it need not wait again, so that however many pages are asked for, half of the time is its own. Thread-safe.
 */
public final class RightOfWay {
    /** More than pages take; less than anybody's time-out. */
    static final Duration LONGEST = Duration.ofMillis(200);

    private final LongSupplier nanos;
    private final AtomicReference<@Nullable Claim> held = new AtomicReference<>();
    private volatile long restUntilNanos;

    public RightOfWay() {
        this(System::nanoTime);
    }

    /** @param nanos a clock that never goes back */
    RightOfWay(LongSupplier nanos) {
        this.nanos = nanos;
        this.restUntilNanos = nanos.getAsLong();
    }

    /** The right while it lasts. Ended more than once, it ends the first time. */
    public static final class Claim {
        private final @Nullable RightOfWay way;
        private final long begunNanos;
        private final CountDownLatch ended = new CountDownLatch(1);

        private Claim(@Nullable RightOfWay way, long begunNanos) {
            this.way = way;
            this.begunNanos = begunNanos;
        }

        /** Lets those go on who wait. */
        public void end() {
            RightOfWay from = way;
            if (from != null && ended.getCount() > 0) {
                from.ended(this);
            }
        }
    }

    /** Claims the right until the claim's end. While another holds it, or those who gave way have their turn, the claim claims nothing. */
    public Claim claim() {
        long now = nanos.getAsLong();
        Claim before = held.get();
        if (held() || now - restUntilNanos < 0) {
            return new Claim(null, now);
        }
        Claim claim = new Claim(this, now);
        if (!held.compareAndSet(before, claim)) {
            return new Claim(null, now);
        }
        if (before != null) {
            before.ended.countDown();
        }
        return claim;
    }

    private void ended(Claim claim) {
        long now = nanos.getAsLong();
        if (held.compareAndSet(claim, null)) {
            restUntilNanos = now + Math.min(now - claim.begunNanos, LONGEST.toNanos());
        }
        claim.ended.countDown();
    }

    /** Whether somebody has the right. */
    boolean held() {
        Claim claim = held.get();
        return claim != null && nanos.getAsLong() - claim.begunNanos < LONGEST.toNanos();
    }

    /** Waits while somebody has the right, at most until that claim is {@link #LONGEST} old. Returns at once when interrupted. */
    public void giveWay() {
        Claim claim = held.get();
        if (claim == null) {
            return;
        }
        try {
            boolean unused =
                    claim.ended.await(claim.begunNanos + LONGEST.toNanos() - nanos.getAsLong(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
