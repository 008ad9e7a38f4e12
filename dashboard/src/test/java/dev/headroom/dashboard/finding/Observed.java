package dev.headroom.dashboard.finding;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.example.Example;
import dev.headroom.dashboard.plan.KeptPlan;
import dev.headroom.dashboard.plan.Plan;
import dev.headroom.dashboard.store.Reading;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.TimeRange;
import dev.headroom.dashboard.store.Value;
import dev.headroom.histogram.ExponentialHistogram;
import dev.headroom.histogram.LimitCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts together what a service did in ten minutes. Not thread-safe. */
final class Observed {
    static final Instant END = Instant.parse("2026-11-21T10:00:00Z");

    private final List<SeriesData> series = new ArrayList<>();
    private final List<Example> examples = new ArrayList<>();
    private final List<KeptPlan> plans = new ArrayList<>();

    /** Attributes by turns: key, value. */
    static Map<String, String> of(String... attributes) {
        Map<String, String> map = new TreeMap<>();
        for (int i = 0; i < attributes.length; i += 2) {
            map.put(attributes[i], attributes[i + 1]);
        }
        return map;
    }

    static Map<String, String> route(String template) {
        return of("http.request.method", "GET", "http.route", template);
    }

    static Map<String, String> statement(String operation, String text, String print) {
        return of(
                "db.system.name",
                "postgresql",
                "db.operation.name",
                operation,
                "db.query.text",
                text,
                "headroom.query.fingerprint",
                print);
    }

    static Map<String, String> command(String operation, String pattern) {
        return of("db.system.name", "redis", "db.operation.name", operation, "headroom.key.pattern", pattern);
    }

    /** So many values alike. */
    Observed values(Metric metric, Map<String, String> attributes, int times, double value) {
        ExponentialHistogram histogram = new ExponentialHistogram();
        for (int i = 0; i < times; i++) {
            histogram.record(value);
        }
        return add(metric, attributes, new Value.Distribution(histogram.snapshot(), LimitCounts.NONE, 0));
    }

    Observed sum(Metric metric, Map<String, String> attributes, double amount) {
        return add(metric, attributes, new Value.Sum(amount));
    }

    Observed gauge(Metric metric, Map<String, String> attributes, double reading) {
        return add(metric, attributes, Value.Gauge.of(reading));
    }

    private Observed add(Metric metric, Map<String, String> attributes, Value value) {
        series.add(new SeriesData(new SeriesKey(metric.metricName(), attributes), "a1", value));
        return this;
    }

    Observed plan(String statement, String print, Plan.Scan... scans) {
        plans.add(new KeptPlan(
                "shop",
                print,
                statement,
                END,
                "1",
                null,
                List.of("Seq Scan on visits"),
                List.of(scans),
                null,
                List.of()));
        return this;
    }

    /** An example of a request of 200 ms. */
    Observed example(String id, String route, Example.Call... calls) {
        examples.add(new Example(
                id,
                "shop",
                "a1",
                END,
                "request",
                "repeated",
                "GET",
                route,
                200,
                null,
                null,
                null,
                null,
                200,
                null,
                null,
                List.of(),
                List.of(calls),
                0,
                null));
        return this;
    }

    /** The same within that transaction of its request. */
    static Example.Call within(long transaction, Example.Call call) {
        return new Example.Call(
                call.kind(),
                call.operation(),
                call.text(),
                call.fingerprint(),
                call.startMs(),
                call.durationMs(),
                call.longestMs(),
                call.count(),
                call.rows(),
                call.valueBytes(),
                transaction,
                call.hit(),
                call.errorType(),
                call.caller(),
                call.thread());
    }

    static Example.Call call(String kind, String operation, String text, String print, int count, double millis) {
        return call(kind, operation, text, print, count, millis, 10, null, null);
    }

    static Example.Call call(
            String kind,
            String operation,
            String text,
            String print,
            int count,
            double millis,
            double start,
            Long rows,
            Boolean hit) {
        return new Example.Call(
                kind,
                operation,
                text,
                print,
                start,
                millis,
                millis / count,
                count,
                rows,
                null,
                null,
                hit,
                null,
                "PetService.find(PetService.java:41)",
                null);
    }

    Observation observation() {
        TimeRange range = TimeRange.upTo(END, Duration.ofMinutes(10));
        return new Observation(new Reading(range, List.copyOf(series), 120), List.copyOf(examples), List.copyOf(plans));
    }

    Collection<Found> found() {
        return Findings.apply(observation());
    }
}
