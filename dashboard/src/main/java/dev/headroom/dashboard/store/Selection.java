package dev.headroom.dashboard.store;

import java.util.Set;

/**
 * What to read.
 *
 * @param metrics names on the wire; empty means all
 * @param perInstance keep instances apart
 */
public record Selection(String service, Set<String> metrics, TimeRange range, boolean perInstance) {}
