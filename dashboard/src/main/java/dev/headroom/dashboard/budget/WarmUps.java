package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.store.Instance;
import dev.headroom.dashboard.store.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Cuts a range where JVMs begin to warm up and where they are warm. Between these times most of a range is free of young JVMs and
 * can be read as the sum of all; only the rest must be read JVM by JVM, which costs a thousand times as much for a service of a
 * thousand. Stateless.
 */
final class WarmUps {
    /** Cuts lie on cells that the store holds exactly: of ten seconds while batches are kept, then of a minute. */
    private static final long CELL_SECONDS = 10;

    private static final long COARSE_SECONDS = 60;
    private static final Duration FINE = Duration.ofMinutes(90);

    /** What a JVM did arrives a little later than it happened. */
    private static final Duration ARRIVAL = Duration.ofSeconds(60);

    /**
     * A part of the range.
     *
     * @param warming JVMs whose calls do not count in it
     * @param empty whether nobody else reported in it
     */
    record Part(TimeRange range, Set<String> warming, boolean empty) {}

    private record WarmUp(String instance, Instant begin, Instant end) {}

    private WarmUps() {}

    /** The parts of the range, oldest first, without a gap. */
    static List<Part> parts(TimeRange range, Duration warmup, Collection<Instance> instances) {
        List<WarmUp> young = new ArrayList<>();
        TreeSet<Instant> cuts = new TreeSet<>(List.of(range.from(), range.to()));
        for (Instance instance : instances) {
            WarmUp own = of(instance, warmup, range);
            if (own.end.isAfter(range.from()) && own.begin.isBefore(range.to())) {
                young.add(own);
                cuts.add(clipped(own.begin, range));
                cuts.add(clipped(own.end, range));
            }
        }
        List<Part> parts = new ArrayList<>();
        Instant from = cuts.pollFirst();
        for (Instant to : cuts) {
            Set<String> warming = new HashSet<>();
            for (WarmUp own : young) {
                if (own.begin.isBefore(to) && own.end.isAfter(from)) {
                    warming.add(own.instance);
                }
            }
            add(parts, new Part(new TimeRange(from, to), warming, !anyOther(instances, warming, from, to)));
            from = to;
        }
        return parts;
    }

    private static void add(List<Part> parts, Part part) {
        Part before = parts.isEmpty() ? null : parts.get(parts.size() - 1);
        if (before != null && before.warming.equals(part.warming) && before.empty == part.empty) {
            parts.set(
                    parts.size() - 1,
                    new Part(new TimeRange(before.range.from(), part.range.to()), part.warming, part.empty));
        } else {
            parts.add(part);
        }
    }

    private static boolean anyOther(Collection<Instance> instances, Set<String> warming, Instant from, Instant to) {
        for (Instance instance : instances) {
            if (!warming.contains(instance.instance())
                    && instance.lastReport().isAfter(from)
                    && instance.firstReport().minus(ARRIVAL).isBefore(to)) {
                return true;
            }
        }
        return false;
    }

    private static WarmUp of(Instance instance, Duration warmup, TimeRange range) {
        Instant begin = aligned(instance.firstReport().minus(ARRIVAL), range, 0);
        return new WarmUp(instance.instance(), begin, warm(instance, warmup, range));
    }

    private static Instant warm(Instance instance, Duration warmup, TimeRange range) {
        return aligned(instance.firstReport().plus(warmup), range, 1);
    }

    /** @param up 1 to round up, 0 to round down */
    private static Instant aligned(Instant time, TimeRange range, int up) {
        long cell = time.isBefore(range.to().minus(FINE)) ? COARSE_SECONDS : CELL_SECONDS;
        long seconds = time.getEpochSecond() + up * (cell - 1);
        return Instant.ofEpochSecond(Math.floorDiv(seconds, cell) * cell);
    }

    private static Instant clipped(Instant time, TimeRange range) {
        if (time.isBefore(range.from())) {
            return range.from();
        }
        return time.isAfter(range.to()) ? range.to() : time;
    }
}
