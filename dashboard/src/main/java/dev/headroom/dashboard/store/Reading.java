package dev.headroom.dashboard.store;

import java.util.List;

/**
 * What a {@link Selection} gave. Every numbered window counted in it lies wholly within {@code range}, and every window within
 * {@code range} is counted once: the range is the asked one, aligned to stored windows. Windows of senders without numbers begin
 * and end as they like, so that no range would fit them all: each counts where it ends.
 *
 * @param windows stored windows counted
 */
public record Reading(TimeRange range, List<SeriesData> series, int windows) {}
