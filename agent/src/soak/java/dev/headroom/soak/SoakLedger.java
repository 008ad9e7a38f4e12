package dev.headroom.soak;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.otlp.MetricPoint;
import dev.headroom.otlp.ResourceMetrics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Adds up what an agent sent, in bounded memory, and compares it with what its program did. Thread-safe. */
public final class SoakLedger {
    private static final Set<String> ERRORS = Set.of(
            Metric.AGENT_FAILURES.metricName(),
            Metric.AGENT_DROPPED.metricName(),
            Metric.AGENT_MERGED.metricName(),
            Metric.AGENT_HOOK_OFF.metricName());
    private static final Set<String> CALLS =
            Set.of(Metric.DB_DURATION.metricName(), Metric.HTTP_CLIENT_DURATION.metricName());
    private static final long HEAP_BOUND_BYTES = 2_000_000;

    /** More series than an agent's caps let it hold at a time would say nothing. */
    private static final int MAX_NAMED_SERIES = 500;

    private static final int FIRST_FULL_WINDOW = 3;
    private static final int LATEST_WINDOWS = 8;

    private final Object lock = new Object();
    private final Map<String, Double> sums = new HashMap<>();
    private final Map<String, Double> errors = new TreeMap<>();
    private final Set<String> steadySeries = new TreeSet<>();
    private final List<Set<String>> latestSeries = new ArrayList<>();
    private long windows;
    private long busyWindows;
    private long seriesHeld;
    private long mostSeriesHeld;

    /** One batch, which must not have been added before. */
    public void add(List<ResourceMetrics> batch) {
        synchronized (lock) {
            Set<String> series = new TreeSet<>();
            for (ResourceMetrics resource : batch) {
                resource.points().forEach(point -> add(point, series));
            }
            windows++;
            if (series.isEmpty()) {
                return;
            }
            busyWindows++;
            if (busyWindows == FIRST_FULL_WINDOW) {
                steadySeries.addAll(series);
            } else if (busyWindows == FIRST_FULL_WINDOW + 1) {
                // without what was called once, to begin with
                steadySeries.retainAll(series);
            }
            latestSeries.add(series);
            if (latestSeries.size() > LATEST_WINDOWS) {
                latestSeries.remove(0);
            }
        }
    }

    private void add(MetricPoint point, Set<String> series) {
        String name = point.metric();
        if (point.type() == MetricPoint.Type.EXPONENTIAL) {
            boolean pipeline = "PIPELINE".equals(point.attributes().get(Attribute.DB_OPERATION.key()));
            sums.merge(
                    pipeline ? "pipelines" : name, (double) point.exponential().count(), Double::sum);
            if (CALLS.contains(name) && series.size() < MAX_NAMED_SERIES) {
                series.add(name + point.attributes());
            }
        } else if (name.equals(Metric.AGENT_SERIES.metricName())) {
            seriesHeld = (long) point.value();
            mostSeriesHeld = Math.max(mostSeriesHeld, seriesHeld);
        } else if (ERRORS.contains(name)) {
            errors.merge(name, point.value(), Double::sum);
        } else if (point.type() == MetricPoint.Type.SUM) {
            sums.merge(name, point.value(), Double::sum);
        }
    }

    public long windows() {
        synchronized (lock) {
            return windows;
        }
    }

    /** Calls received so far. */
    public long calls() {
        synchronized (lock) {
            return calls(Metric.DB_DURATION) + calls(Metric.HTTP_CLIENT_DURATION);
        }
    }

    /** Series that the agent held when it last said, and the most it ever held. */
    public String seriesHeld() {
        synchronized (lock) {
            return seriesHeld + " (most " + mostSeriesHeld + ")";
        }
    }

    /** With and without a duration. */
    private long calls(Metric metric) {
        return sum(metric.metricName()) + sum(metric.metricName() + Metric.UNTIMED_SUFFIX);
    }

    private long sum(String name) {
        return sums.getOrDefault(name, 0.0).longValue();
    }

    /**
     * What does not agree, empty when all does.
     *
     * @param churn whether series came and went; else each of the first windows' series must be in the last ones
     */
    public List<String> disagreements(Map<Made, Long> made, boolean churn) {
        List<String> found = new ArrayList<>();
        synchronized (lock) {
            expect(
                    "SQL statements and Redis commands",
                    made.getOrDefault(Made.STATEMENTS, -1L) + made.getOrDefault(Made.REDIS_COMMANDS, -1L),
                    calls(Metric.DB_DURATION) + sum(Metric.REDIS_UNTIMED.metricName()),
                    found);
            expect("rows", made.getOrDefault(Made.ROWS, -1L), sum(Metric.DB_ROWS.metricName()), found);
            expect("cache gets", made.getOrDefault(Made.REDIS_GETS, -1L), sum(Metric.CACHE_GETS.metricName()), found);
            expect("HTTP calls", made.getOrDefault(Made.HTTP_REQUESTS, -1L), calls(Metric.HTTP_CLIENT_DURATION), found);
            errors.forEach((name, number) -> found.add(name + " is " + number + ", expected 0"));
            long grown = made.getOrDefault(Made.HEAP_END, Long.MAX_VALUE) - made.getOrDefault(Made.HEAP_EARLY, 0L);
            if (grown > HEAP_BOUND_BYTES) {
                found.add("the heap grew by " + grown + " bytes, expected " + HEAP_BOUND_BYTES + " at most");
            }
            if (!churn) {
                Set<String> lost = new TreeSet<>(steadySeries);
                latestSeries.forEach(lost::removeAll);
                lost.forEach(series -> found.add("no longer sent: " + series));
            }
        }
        return found;
    }

    private static void expect(String what, long made, long received, List<String> found) {
        if (made != received) {
            found.add(what + ": made " + made + ", received " + received);
        }
    }
}
