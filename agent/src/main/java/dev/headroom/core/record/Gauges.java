package dev.headroom.core.record;

import dev.headroom.catalog.Metric;

/** Readings taken once per window, on the agent's thread. */
public interface Gauges {
    /** Reads everything now and hands it on; may be slow, must not block on application locks. */
    void read(Sink sink);

    /** Takes the readings of one window. */
    interface Sink {
        /** A reading of a gauge, or the increase of a counter since the last window. */
        void value(Metric metric, Attributes attributes, double value);
    }
}
