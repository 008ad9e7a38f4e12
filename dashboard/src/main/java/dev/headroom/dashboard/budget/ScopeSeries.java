package dev.headroom.dashboard.budget;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.store.Point;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.Value;
import dev.headroom.histogram.ExponentialHistogram;
import dev.headroom.histogram.LimitCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What one run of a scope amounts to, as points that are judged like any other: one event each. Immutable. */
final class ScopeSeries {
    private static final long NANOS_PER_UNIT = 1_000_000_000L;

    private final Map<String, SortedSet<Long>> limits = new TreeMap<>();

    /** @param checks at whose limits the events are counted */
    ScopeSeries(List<Check> checks) {
        for (Check check : checks) {
            EventSource source = check.source();
            if (source != null) {
                limits.computeIfAbsent(source.metric().metricName(), any -> new TreeSet<>())
                        .addAll(check.limitNanos());
            }
        }
    }

    List<Point> of(String scope, ScopeRun run) {
        Map<String, String> attributes = new TreeMap<>();
        attributes.put(Attribute.SCOPE.key(), scope);
        String cache = cache(run.points());
        if (!cache.isEmpty()) {
            attributes.put(Attribute.REQUEST_CACHE.key(), cache);
        }
        List<StatementRuns> statements = StatementRuns.of(run.points());
        long calls = statements.stream().mapToLong(StatementRuns::runs).sum();
        List<Point> points = new ArrayList<>();
        points.add(point(Metric.SCOPE_DURATION, attributes, run.durationNanos()));
        points.add(count(Metric.SCOPE_DB_CALLS, attributes, calls));
        points.add(count(Metric.SCOPE_DB_REPEATED, attributes, most(statements, StatementRuns::reads)));
        points.add(count(Metric.SCOPE_DB_REPEATED_WRITES, attributes, most(statements, StatementRuns::writes)));
        points.add(count(Metric.SCOPE_DB_ROWS, attributes, rows(run.points())));
        points.add(count(Metric.SCOPE_REDIS_CALLS, attributes, redis(run.points())));
        return points;
    }

    private static long most(List<StatementRuns> statements, Predicate<StatementRuns> which) {
        return statements.stream()
                .filter(which)
                .mapToLong(StatementRuns::runs)
                .max()
                .orElse(0);
    }

    /** As an agent says it of a request: a hit when every lookup hit, a miss when one missed, else nothing. */
    private static String cache(List<Point> points) {
        double hits = 0;
        double misses = 0;
        for (Point point : points) {
            if (point.key().is(Metric.CACHE_GETS) && point.value() instanceof Value.Sum lookups) {
                boolean hit = "hit".equals(point.key().get(Attribute.CACHE_RESULT));
                hits += hit ? lookups.amount() : 0;
                misses += hit ? 0 : lookups.amount();
            }
        }
        return misses > 0 ? "miss" : hits > 0 ? "hit" : "";
    }

    private static long rows(List<Point> points) {
        double rows = 0;
        for (Point point : points) {
            if (point.key().is(Metric.DB_ROWS) && point.value() instanceof Value.Sum read) {
                rows += read.amount();
            }
        }
        return Math.round(rows);
    }

    private static long redis(List<Point> points) {
        double commands = 0;
        for (Point point : points) {
            if (EventSource.REDIS_COMMANDS.accepts(point.key()) && point.value() instanceof Value.Distribution calls) {
                commands += calls.calls();
            } else if (point.key().is(Metric.REDIS_UNTIMED) && point.value() instanceof Value.Sum untimed) {
                commands += untimed.amount();
            }
        }
        return Math.round(commands);
    }

    private Point count(Metric metric, Map<String, String> attributes, long amount) {
        return point(metric, attributes, Math.multiplyExact(amount, NANOS_PER_UNIT));
    }

    /** @param nanos the value in billionths of its unit */
    private Point point(Metric metric, Map<String, String> attributes, long nanos) {
        ExponentialHistogram histogram = new ExponentialHistogram();
        histogram.record(nanos / (double) NANOS_PER_UNIT);
        return new Point(
                new SeriesKey(metric.metricName(), attributes),
                new Value.Distribution(histogram.snapshot(), counted(metric, nanos), 0));
    }

    private LimitCounts counted(Metric metric, long nanos) {
        SortedSet<Long> ofMetric = limits.getOrDefault(metric.metricName(), new TreeSet<>());
        if (ofMetric.isEmpty()) {
            return LimitCounts.NONE;
        }
        long[] bounds = ofMetric.stream().mapToLong(Long::longValue).toArray();
        long[] counts = new long[bounds.length + 1];
        int bucket = 0;
        while (bucket < bounds.length && nanos > bounds[bucket]) {
            bucket++;
        }
        counts[bucket] = 1;
        return new LimitCounts(bounds, counts);
    }
}
