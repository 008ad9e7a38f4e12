package dev.headroom.dashboard.api;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.store.Reading;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.Value;
import dev.headroom.histogram.HistogramSnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Requests of a reading in the shapes of the guides; times in seconds. Immutable. */
final class ServedRequests {
    private static final double MICROS = 1e6;

    private final Reading reading;

    ServedRequests(Reading reading) {
        this.reading = reading;
    }

    /** By "METHOD route": count, avg_time, min_time, max_time, error_rate. */
    Map<String, Object> endpoints() {
        Map<String, Value.Distribution> durations = new TreeMap<>();
        Map<String, Long> errors = new TreeMap<>();
        each((key, all) -> {
            String name = method(key) + " " + path(key);
            durations.merge(name, all, Value.Distribution::merge);
            errors.merge(name, failed(key) ? all.calls() : 0, Long::sum);
        });
        Map<String, Object> endpoints = new LinkedHashMap<>();
        durations.forEach((name, all) -> {
            HistogramSnapshot histogram = all.histogram();
            Map<String, Object> endpoint = new LinkedHashMap<>();
            endpoint.put("count", all.calls());
            if (histogram.count() > 0) {
                endpoint.put("avg_time", seconds(histogram.sum() / histogram.count()));
                endpoint.put("min_time", seconds(histogram.min()));
                endpoint.put("max_time", seconds(histogram.max()));
            }
            endpoint.put("error_rate", seconds((double) errors.getOrDefault(name, 0L) / all.calls()));
            endpoints.put(name, endpoint);
        });
        return endpoints;
    }

    /** "http.requests:method=…:path=…" and "http.responses:…:status=…". */
    Map<String, Long> counters() {
        Map<String, Long> counters = new TreeMap<>();
        each((key, all) -> {
            String route = ":method=" + method(key) + ":path=" + path(key);
            counters.merge("http.requests" + route, all.calls(), Long::sum);
            String status = key.get(Attribute.HTTP_STATUS);
            if (status != null) {
                counters.merge("http.responses" + route + ":status=" + status, all.calls(), Long::sum);
            }
        });
        return counters;
    }

    /** Which requests failed, how and how often, most frequent first. */
    List<Failed> errors() {
        List<Failed> errors = new ArrayList<>();
        each((key, all) -> {
            if (failed(key)) {
                errors.add(new Failed(
                        method(key) + " " + path(key),
                        key.get(Attribute.HTTP_STATUS),
                        key.get(Attribute.ERROR_TYPE),
                        all.calls()));
            }
        });
        errors.sort(Comparator.comparingLong(Failed::count).reversed());
        return errors;
    }

    /** Requests of one route that failed in one way. */
    record Failed(
            String route, @Nullable String status, @Nullable String type, long count) {}

    /** Count, avg, p95 and p99 of all series that the filter takes, or null without any event. */
    static @Nullable Map<String, Object> timing(Reading reading, java.util.function.Predicate<SeriesKey> filter) {
        HistogramSnapshot all = HistogramSnapshot.EMPTY;
        long calls = 0;
        for (SeriesData data : reading.series()) {
            if (filter.test(data.key()) && data.value() instanceof Value.Distribution durations) {
                all = all.merge(durations.histogram());
                calls += durations.calls();
            }
        }
        if (calls == 0) {
            return null;
        }
        Map<String, Object> timing = new LinkedHashMap<>();
        timing.put("count", calls);
        if (all.count() > 0) {
            timing.put("avg", seconds(all.sum() / all.count()));
            timing.put("p95", seconds(all.quantile(0.95)));
            timing.put("p99", seconds(all.quantile(0.99)));
        }
        return timing;
    }

    private interface Each {
        void accept(SeriesKey key, Value.Distribution durations);
    }

    private void each(Each each) {
        for (SeriesData data : reading.series()) {
            boolean requests = data.key().is(Metric.HTTP_SERVER_DURATION);
            if (requests && data.value() instanceof Value.Distribution durations && durations.calls() > 0) {
                each.accept(data.key(), durations);
            }
        }
    }

    private static String method(SeriesKey key) {
        return key.get(Attribute.HTTP_METHOD, "_OTHER");
    }

    private static String path(SeriesKey key) {
        return key.get(Attribute.HTTP_ROUTE, "unmatched");
    }

    private static boolean failed(SeriesKey key) {
        String status = key.get(Attribute.HTTP_STATUS);
        return status == null ? key.get(Attribute.ERROR_TYPE) != null : status.startsWith("5");
    }

    static double seconds(double value) {
        return Math.rint(value * MICROS) / MICROS;
    }
}
