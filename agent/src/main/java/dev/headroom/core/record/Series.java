package dev.headroom.core.record;

import dev.headroom.catalog.Metric;
import org.jspecify.annotations.Nullable;

/**
 * What the two kinds of series share: identity, and leaving and re-entering the recorder without losing anything.
 *
 * <p>A series that was idle for long leaves the recorder, though a hook may still hold it. Recording into it re-admits it: the
 * recording thread first records, then looks at {@link #evicted}; the agent's thread first takes the series out, then sets it, then
 * drains once more. Both orders of these two pairs see the value, so none is lost. Thread-safe.
 */
public abstract class Series {
    private final MetricSlot slot;
    private final Metric metric;
    private final Attributes attributes;
    private volatile boolean evicted;
    private int idleWindows;

    Series(MetricSlot slot, Metric metric, Attributes attributes) {
        this.slot = slot;
        this.metric = metric;
        this.attributes = attributes;
    }

    /** What was recorded since the last call, exactly once; null when nothing was. For the agent's thread. */
    abstract Window.@Nullable Entry drain();

    /** Estimated heap of the series without its attributes; what threads share of its attributes' texts counts each time. */
    abstract long heapBytes();

    /** To be called after every recording. */
    final void recorded() {
        if (evicted) {
            evicted = false;
            slot.readmit(this);
        }
    }

    /** Marks the series as out of the recorder; before the last drain. */
    final void evict() {
        evicted = true;
    }

    /** Counts windows without data. For the agent's thread. */
    final int idleWindows(boolean idle) {
        idleWindows = idle ? idleWindows + 1 : 0;
        return idleWindows;
    }

    final MetricSlot slot() {
        return slot;
    }

    final Metric metric() {
        return metric;
    }

    public final Attributes attributes() {
        return attributes;
    }
}
