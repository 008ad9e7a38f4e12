package dev.headroom.dashboard.store;

import java.util.List;

/**
 * What a {@link Selection} gave. Every stored window counted in it lies wholly within {@code range}, and every window within
 * {@code range} is counted once: the range is the asked one, aligned to stored windows.
 *
 * @param windows stored windows counted
 */
public record Reading(TimeRange range, List<SeriesData> series, int windows) {}
