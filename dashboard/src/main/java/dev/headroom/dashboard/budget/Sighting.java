package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.Value;

/** A series' total over a range, and the JVM it came from. */
record Sighting(SeriesKey key, Origin origin, Value value) {}
