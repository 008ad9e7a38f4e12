package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.SeriesKey;
import org.jspecify.annotations.Nullable;

/** A series key that knows its hash: keys are looked up for every stored point. Immutable. */
final class Series {
    private final SeriesKey key;
    private final int hash;
    private final boolean ofJvm;

    Series(SeriesKey key) {
        this.key = key;
        this.hash = key.hashCode();
        this.ofJvm = key.metric().startsWith("jvm.");
    }

    SeriesKey key() {
        return key;
    }

    String metric() {
        return key.metric();
    }

    /** Whether it tells of a JVM and not of what it did: then instances are never merged, whatever the kind of its values. */
    boolean ofJvm() {
        return ofJvm;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Series that && hash == that.hash && key.equals(that.key));
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
