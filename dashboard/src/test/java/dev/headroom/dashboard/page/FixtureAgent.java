package dev.headroom.dashboard.page;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.store.Point;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.Value;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** What an agent says of itself in a window of five seconds: a1 does everything, b2 keeps within its budget. */
final class FixtureAgent {
    private static final String LOWERED = "b2";

    private FixtureAgent() {}

    static void add(List<Point> points, Random random, String instance) {
        boolean lowered = instance.equals(LOWERED);
        sum(points, Metric.AGENT_CPU, Map.of(), 0.006 + random.nextDouble() * 0.002);
        sum(points, Metric.AGENT_ALLOCATED, Map.of(), 210_000);
        sum(points, Metric.AGENT_SENT, Map.of(), 6_900 + random.nextInt(500));
        gauge(points, Metric.AGENT_HEAP, Map.of(), 2_400_000);
        gauge(points, Metric.AGENT_METASPACE, Map.of(), 4_100_000);
        gauge(points, Metric.AGENT_START_TIME, Map.of(), 0.184);
        gauge(points, Metric.AGENT_COST, Map.of(), lowered ? 0.0031 : 0.0011);
        gauge(points, Metric.AGENT_COST_BUDGET, Map.of(), 0.01);
        hook(points, "jdbc", 9_000 + random.nextInt(900), lowered ? 60 : 140, 0.041);
        hook(points, "jedis", 4_000, lowered ? 70 : 160, 0.022);
        hook(points, "tomcat", 1_100, 310, 0.019);
        gauge(points, Metric.AGENT_HOOK, Map.of(Attribute.HOOK, "hikari"), 0);
        gauge(points, Metric.AGENT_HOOK_OFF, Map.of(Attribute.HOOK, "jedis"), lowered ? 1 : 0);
        detail(points, "effective", lowered ? 1 : 4);
        detail(points, "governor", lowered ? 1 : 4);
        detail(points, "dashboard", 4);
    }

    private static void hook(List<Point> points, String name, int calls, double nanos, double weaveSeconds) {
        Map<Attribute, String> hook = Map.of(Attribute.HOOK, name);
        sum(points, Metric.AGENT_HOOK_CALLS, hook, calls);
        sum(points, Metric.AGENT_HOOK_TIME, hook, calls * nanos / 1e9);
        gauge(points, Metric.AGENT_HOOK_WEAVE_TIME, hook, weaveSeconds);
        gauge(points, Metric.AGENT_HOOK, hook, 1);
    }

    private static void detail(List<Point> points, String by, int level) {
        gauge(points, Metric.AGENT_DETAIL, Map.of(Attribute.DETAIL_BY, by), level);
    }

    private static void sum(List<Point> points, Metric metric, Map<Attribute, String> attributes, double amount) {
        points.add(new Point(key(metric, attributes), new Value.Sum(amount)));
    }

    private static void gauge(List<Point> points, Metric metric, Map<Attribute, String> attributes, double reading) {
        points.add(new Point(key(metric, attributes), Value.Gauge.of(reading)));
    }

    private static SeriesKey key(Metric metric, Map<Attribute, String> attributes) {
        Map<String, String> all = new TreeMap<>();
        attributes.forEach((attribute, value) -> all.put(attribute.key(), value));
        return new SeriesKey(metric.metricName(), all);
    }
}
