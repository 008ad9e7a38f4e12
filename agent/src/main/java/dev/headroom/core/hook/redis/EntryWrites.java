package dev.headroom.core.hook.redis;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.record.AmountSeries;
import dev.headroom.core.record.Attributes;
import dev.headroom.core.record.DurationSeries;
import dev.headroom.core.record.Recorder;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Sizes of the values and collections written and read under keys of one shape, and how long those written may live. An entry written without a
 * lifetime may be given one by a command of its own: it is only recorded as endless when two windows have passed without as many such
 * commands. Thread-safe; allocates nothing in steady state.
 */
final class EntryWrites {
    private final Recorder recorder;
    private final Attributes cache;
    private volatile @Nullable AmountSeries sizes;
    private volatile @Nullable AmountSeries elements;
    private volatile @Nullable DurationSeries lifetimes;

    /** Entries without a lifetime: of this window, and of the one before. */
    private final AtomicLong fresh = new AtomicLong();

    private final AtomicLong waiting = new AtomicLong();

    EntryWrites(String pattern, Recorder recorder) {
        this.recorder = recorder;
        this.cache = Attributes.of(Attribute.CACHE_NAME, pattern);
    }

    /** A value of so many bytes was written or read. */
    void size(long bytes) {
        AmountSeries known = sizes;
        if (known == null) {
            known = recorder.amount(Metric.CACHE_VALUE_SIZE, cache);
            sizes = known;
        }
        known.record(bytes);
    }

    /** So many elements of a collection were read at once. */
    void elements(long amount) {
        AmountSeries known = elements;
        if (known == null) {
            known = recorder.amount(Metric.CACHE_COLLECTION_SIZE, cache);
            elements = known;
        }
        known.record(amount);
    }

    /** An entry was written that lives so long. */
    void lifetime(long millis) {
        DurationSeries known = lifetimes;
        if (known == null) {
            known = recorder.duration(Metric.CACHE_TTL, cache.with(Attribute.CACHE_TTL, "set"));
            lifetimes = known;
        }
        known.record(Math.min(Math.max(0, millis), Long.MAX_VALUE / 1_000_000) * 1_000_000);
    }

    /** An entry that was there was told how long it lives. */
    void expires(long millis) {
        lifetime(millis);
        if (!takeOne(waiting)) {
            takeOne(fresh);
        }
    }

    private static boolean takeOne(AtomicLong from) {
        for (long now = from.get(); now > 0; now = from.get()) {
            if (from.compareAndSet(now, now - 1)) {
                return true;
            }
        }
        return false;
    }

    /**
     * An entry was written that lives for ever, unless {@link #expires} follows.
     *
     * @return whether it is the first of the window, so that {@link #settle} is to be called
     */
    boolean endless() {
        return fresh.incrementAndGet() == 1;
    }

    /** For the agent's thread, once per window: records the entries that nobody gave a lifetime. */
    void settle() {
        long overdue = waiting.getAndSet(fresh.getAndSet(0));
        if (overdue > 0) {
            DurationSeries series = recorder.duration(Metric.CACHE_TTL, cache);
            for (long i = 0; i < overdue; i++) {
                series.record(0);
            }
        }
    }
}
