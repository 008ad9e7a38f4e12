package dev.headroom.core.hook;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The few series of one route or peer, by a number that packs what else tells them apart. Thread-safe; {@link #get} allocates
 * nothing and takes no lock.
 *
 * @param <T> a series, or several that belong together
 */
public final class CodedSeries<T> {
    private final Entries known = new Entries();

    @SuppressWarnings("unchecked") // only what put() was given is there
    public @Nullable T get(long code) {
        for (Entry entry : known.entries) {
            if (entry.code == code) {
                return (T) entry.series;
            }
        }
        return null;
    }

    public void put(long code, T series) {
        known.add(new Entry(code, series));
    }

    private static final class Entries {
        private static final AtomicReferenceFieldUpdater<Entries, Entry[]> ENTRIES =
                AtomicReferenceFieldUpdater.newUpdater(Entries.class, Entry[].class, "entries");

        volatile Entry[] entries = new Entry[0];

        void add(Entry entry) {
            Entry[] before;
            Entry[] after;
            do {
                before = entries;
                after = Arrays.copyOf(before, before.length + 1);
                after[before.length] = entry;
            } while (!ENTRIES.compareAndSet(this, before, after));
        }
    }

    private static final class Entry {
        final long code;
        final Object series;

        Entry(long code, Object series) {
            this.code = code;
            this.series = series;
        }
    }
}
