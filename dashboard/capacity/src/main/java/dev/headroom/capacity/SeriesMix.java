package dev.headroom.capacity;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.histogram.ExponentialHistogram;
import dev.headroom.histogram.HistogramSnapshot;
import dev.headroom.otlp.ExplicitHistogram;
import dev.headroom.otlp.MetricPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * The series of one service, as an agent in an ordinary web application has them: a sixth routes, two fifths statements, a fifth
 * Redis commands by key pattern, then lookups and readings of the JVM. Durations are lognormal, {@value #CALLS} a window and
 * series; routes and statements are also counted at two budget limits. Stateless.
 */
final class SeriesMix {
    static final int CALLS = 20;
    /** Stand-ins for the times of a window; {@link WindowTemplate} finds and replaces them. */
    static final long START = 0x1b1b2c2c3d3d4e4eL;

    static final long END = 0x1b1b2c2c3d3d4e4fL;
    private static final double[] LIMITS = {0.05, 0.1};

    private SeriesMix() {}

    /** @param seed other values, the same series */
    static List<MetricPoint> points(int service, int series, long seed) {
        Random random = new Random(seed);
        List<MetricPoint> points = new ArrayList<>();
        int routes = series / 6;
        int statements = series * 2 / 5;
        int keys = series / 5;
        for (int i = 0; i < routes; i++) {
            duration(points, random, Metric.HTTP_SERVER_DURATION, 0.03, true, route(service, i));
        }
        for (int i = 0; i < statements; i++) {
            duration(points, random, Metric.DB_DURATION, 0.004, true, statement(service, i));
        }
        for (int i = 0; i < keys; i++) {
            duration(points, random, Metric.DB_DURATION, 0.0006, false, command(service, i));
        }
        int left = series - routes - statements - keys;
        for (int i = 0; i < left / 2; i++) {
            Map<String, String> lookup = attributes(
                    Attribute.CACHE_NAME,
                    "s" + service + ":item-" + i / 2 + ":{id}",
                    Attribute.CACHE_RESULT,
                    i % 2 == 0 ? "hit" : "miss");
            points.add(MetricPoint.sum(
                    Metric.CACHE_GETS.metricName(), Metric.CACHE_GETS.unit(), lookup, true, true, START, END, CALLS));
        }
        for (int i = left / 2; i < left; i++) {
            Map<String, String> pool = attributes(
                    Attribute.MEMORY_TYPE, i % 2 == 0 ? "heap" : "non_heap", Attribute.MEMORY_POOL, "pool-" + i);
            points.add(MetricPoint.gauge(
                    Metric.JVM_MEMORY_USED.metricName(),
                    Metric.JVM_MEMORY_USED.unit(),
                    pool,
                    END,
                    random.nextInt(1 << 30)));
        }
        return points;
    }

    /** Calls of routes in one window. */
    static long requests(int series) {
        return (long) (series / 6) * CALLS;
    }

    private static Map<String, String> route(int service, int i) {
        return attributes(
                Attribute.HTTP_METHOD,
                i % 4 == 0 ? "POST" : "GET",
                Attribute.HTTP_ROUTE,
                "/api/v" + service + "/resource-" + i + "/{id}",
                Attribute.HTTP_STATUS,
                "200",
                Attribute.URL_SCHEME,
                "http");
    }

    private static Map<String, String> statement(int service, int i) {
        return attributes(
                Attribute.DB_SYSTEM,
                "postgresql",
                Attribute.DB_NAMESPACE,
                "shop" + service,
                Attribute.DB_OPERATION,
                "SELECT",
                Attribute.DB_QUERY,
                "SELECT id, name, price, stock FROM product_" + i
                        + " WHERE category = ? AND region = ? ORDER BY price LIMIT ?",
                Attribute.DB_FINGERPRINT,
                "%016x".formatted(service * 1_000L + i));
    }

    private static Map<String, String> command(int service, int i) {
        return attributes(
                Attribute.DB_SYSTEM,
                "redis",
                Attribute.DB_OPERATION,
                i % 3 == 0 ? "SET" : "GET",
                Attribute.DB_KEY_PATTERN,
                "s" + service + ":item-" + i + ":{id}");
    }

    private static Map<String, String> attributes(Object... keysAndValues) {
        Map<String, String> attributes = new TreeMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            attributes.put(((Attribute) keysAndValues[i]).key(), (String) keysAndValues[i + 1]);
        }
        return attributes;
    }

    private static void duration(
            List<MetricPoint> points,
            Random random,
            Metric metric,
            double median,
            boolean limits,
            Map<String, String> attributes) {
        ExponentialHistogram histogram = new ExponentialHistogram();
        long[] counts = new long[LIMITS.length + 1];
        double sum = 0;
        for (int i = 0; i < CALLS; i++) {
            double seconds = median * Math.exp(random.nextGaussian() * 0.8);
            histogram.record(seconds);
            sum += seconds;
            counts[seconds <= LIMITS[0] ? 0 : seconds <= LIMITS[1] ? 1 : 2]++;
        }
        HistogramSnapshot snapshot = histogram.snapshot();
        points.add(MetricPoint.exponential(metric.metricName(), "s", attributes, true, START, END, snapshot));
        if (limits) {
            points.add(MetricPoint.explicit(
                    metric.metricName() + Metric.LIMITS_SUFFIX,
                    "s",
                    attributes,
                    true,
                    START,
                    END,
                    new ExplicitHistogram(LIMITS.clone(), counts, sum, Double.NaN, Double.NaN)));
        }
    }
}
