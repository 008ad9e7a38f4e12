package dev.headroom.dashboard.operations;

import dev.headroom.dashboard.store.Delivered;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Whether a service's windows all came, cut into slices of time: of every slice the worst that happened to an agent in it. */
final class Completeness {
    /** Adds up one slice. */
    private static final class Sum {
        int agents;
        int late;
        int missing;
        long missingMillis;
    }

    private final long fromMillis;
    private final long stepMillis;
    private final Sum[] sums;

    private Completeness(Instant from, Duration step, int slices) {
        this.fromMillis = from.toEpochMilli();
        this.stepMillis = Math.max(1, step.toMillis());
        this.sums = new Sum[slices];
        for (int i = 0; i < slices; i++) {
            sums[i] = new Sum();
        }
    }

    static List<CompletenessSlice> slices(
            Collection<AgentLife> lives, Instant from, Duration step, int slices, Instant now) {
        Completeness completeness = new Completeness(from, step, slices);
        lives.forEach(life -> completeness.add(life, now));
        return completeness.slices();
    }

    private void add(AgentLife life, Instant now) {
        // Of this agent, by slice: 0 not there, then the worst.
        byte[] seen = new byte[sums.length];
        long at = Long.MIN_VALUE;
        for (Delivered.Span span : life.delivered().spans()) {
            if (at != Long.MIN_VALUE) {
                mark(seen, at, span.fromMillis(), (byte) 3);
            }
            mark(seen, span.fromMillis(), span.toMillis(), severity(span.arrival()));
            at = span.toMillis();
        }
        mark(seen, at, life.silentUntil(now).toEpochMilli(), (byte) 3);
        for (int i = 0; i < seen.length; i++) {
            sums[i].agents += seen[i] > 0 ? 1 : 0;
            sums[i].late += seen[i] == 2 ? 1 : 0;
            sums[i].missing += seen[i] == 3 ? 1 : 0;
        }
    }

    private static byte severity(Delivered.Arrival arrival) {
        return switch (arrival) {
            case IN_TIME -> 1;
            case LATE -> 2;
            case MISSING -> 3;
        };
    }

    private void mark(byte[] seen, long from, long to, byte severity) {
        long first = Math.max(0, Math.floorDiv(from - fromMillis, stepMillis));
        long last = Math.min(seen.length - 1, Math.floorDiv(to - 1 - fromMillis, stepMillis));
        if (from >= to) {
            return;
        }
        for (int i = (int) Math.min(first, seen.length); i <= last; i++) {
            seen[i] = (byte) Math.max(seen[i], severity);
            if (severity == 3) {
                long begin = fromMillis + i * stepMillis;
                sums[i].missingMillis += Math.min(to, begin + stepMillis) - Math.max(from, begin);
            }
        }
    }

    private List<CompletenessSlice> slices() {
        List<CompletenessSlice> slices = new ArrayList<>(sums.length);
        for (int i = 0; i < sums.length; i++) {
            Instant begin = Instant.ofEpochMilli(fromMillis + i * stepMillis);
            slices.add(new CompletenessSlice(
                    begin,
                    begin.plusMillis(stepMillis),
                    sums[i].agents,
                    sums[i].late,
                    sums[i].missing,
                    sums[i].missingMillis / 1e3));
        }
        return slices;
    }
}
