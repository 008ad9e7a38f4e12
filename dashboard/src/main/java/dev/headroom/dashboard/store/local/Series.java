package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.SeriesKey;
import org.jspecify.annotations.Nullable;

/** A series key that knows its hash: keys are looked up for every stored point. Immutable. */
final class Series {
    private final SeriesKey key;
    private final int hash;

    Series(SeriesKey key) {
        this.key = key;
        this.hash = key.hashCode();
    }

    SeriesKey key() {
        return key;
    }

    String metric() {
        return key.metric();
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
