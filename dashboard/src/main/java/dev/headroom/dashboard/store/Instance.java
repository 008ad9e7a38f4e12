package dev.headroom.dashboard.store;

import java.time.Instant;
import java.util.Map;

/**
 * One JVM that has reported.
 *
 * @param sequence highest stored number of its metrics; 0 for senders without numbers
 * @param gaps windows that never arrived
 * @param duplicates repeats that were recognised and not stored
 */
public record Instance(
        String service,
        String instance,
        Map<String, String> resource,
        Instant firstReport,
        Instant lastReport,
        long sequence,
        long gaps,
        long duplicates) {}
