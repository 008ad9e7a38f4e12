package dev.headroom.dashboard.store;

/** One series of one window of one sender, already a delta. */
public record Point(SeriesKey key, Value value) {}
