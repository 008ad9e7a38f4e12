package dev.headroom.core.hook;

import dev.headroom.core.record.DurationSeries;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The few series of one route or peer, by a number that packs what else tells them apart. Thread-safe; {@link #get} allocates
 * nothing and takes no lock.
 */
public final class CodedSeries {
    private static final AtomicReferenceFieldUpdater<CodedSeries, Entry[]> ENTRIES =
            AtomicReferenceFieldUpdater.newUpdater(CodedSeries.class, Entry[].class, "entries");

    private volatile Entry[] entries = new Entry[0];

    public @Nullable DurationSeries get(long code) {
        for (Entry entry : entries) {
            if (entry.code == code) {
                return entry.series;
            }
        }
        return null;
    }

    public void put(long code, DurationSeries series) {
        Entry[] before;
        Entry[] after;
        do {
            before = entries;
            after = Arrays.copyOf(before, before.length + 1);
            after[before.length] = new Entry(code, series);
        } while (!ENTRIES.compareAndSet(this, before, after));
    }

    private static final class Entry {
        final long code;
        final DurationSeries series;

        Entry(long code, DurationSeries series) {
            this.code = code;
            this.series = series;
        }
    }
}
