package dev.headroom.dashboard.page;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.Delivery;
import dev.headroom.dashboard.store.Point;
import dev.headroom.dashboard.store.Sender;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.Value;
import dev.headroom.histogram.ExponentialHistogram;
import dev.headroom.histogram.LimitCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Windows of a made-up clinic: the same for the same seed and time. */
final class FixtureData {
    static final String SERVICE = "clinic";
    static final Duration WINDOW = Duration.ofSeconds(5);
    /** Must never reach a page as markup. */
    static final String HOSTILE = "<script>alert('x')</script>\"'><img src=x onerror=alert(1)>";

    static final long LIMIT_NANOS = 99_999_999;
    private static final long[] LIMITS = {LIMIT_NANOS, 500_000_000};

    private record Shape(String method, String name, double perSecond, double medianMs, double spread, double errors) {}

    private static final List<Shape> ROUTES = List.of(
            new Shape("GET", "/pets/{id}", 42, 3.1, 0.5, 0),
            new Shape("GET", "/pets", 11, 18, 0.6, 0),
            new Shape("POST", "/pets/{id}/medications", 4.2, 24, 0.7, 0.002),
            new Shape("GET", "/clinic/statistics", 1.4, 310, 0.5, 0),
            new Shape("GET", "/journal/entries", 8, 41, 0.9, 0.03),
            new Shape("DELETE", "/tasks/{id}", 0.6, 6, 0.4, 0),
            new Shape("GET", "/study/" + HOSTILE, 0.2, 12, 0.3, 0.5));
    private static final List<Shape> QUERIES = List.of(
            new Shape("SELECT", "SELECT id, name, species, owner_id FROM pets WHERE id = ?", 42, 0.6, 0.5, 0),
            new Shape(
                    "SELECT",
                    "SELECT * FROM appointments WHERE clinic_id = ? AND starts_at BETWEEN ? AND ? ORDER BY starts_at",
                    1.4,
                    240,
                    0.5,
                    0),
            new Shape("SELECT", "SELECT g.id, g.title FROM goals g WHERE g.owner = ?", 61, 1.2, 0.6, 0),
            new Shape(
                    "INSERT",
                    "INSERT INTO medications (pet_id, name, dose, given_at) VALUES (?, ?, ?, ?)",
                    4.2,
                    2.2,
                    0.7,
                    0.002),
            new Shape("SELECT", "SELECT '" + HOSTILE + "' FROM t", 0.1, 1, 0.2, 0));
    private static final List<Shape> PATTERNS = List.of(
            new Shape("GET", "pet:{id}", 42, 0.21, 0.4, 0),
            new Shape("SETEX", "pet:{id}", 5, 0.25, 0.4, 0),
            new Shape("HGETALL", "profile:{id}:settings", 8, 0.33, 0.5, 0));

    private FixtureData() {}

    /** Windows of one JVM that end in {@code (now - length, now]}. */
    static List<Batch> windows(Instant now, Duration length, String instance) {
        List<Batch> batches = new ArrayList<>();
        Instant last = Instant.ofEpochMilli(now.toEpochMilli() / WINDOW.toMillis() * WINDOW.toMillis());
        for (Instant end = last.minus(length); !end.isAfter(last); end = end.plus(WINDOW)) {
            batches.add(window(end, instance));
        }
        return batches;
    }

    static Batch window(Instant end, String instance) {
        Random random = new Random(end.getEpochSecond() * 31 + instance.hashCode());
        double tide = 1 + 0.35 * Math.sin(end.getEpochSecond() / 140.0) + 0.1 * random.nextGaussian();
        List<Point> points = new ArrayList<>();
        for (Shape route : ROUTES) {
            double slow = route.name.contains("journal") && end.getEpochSecond() / 120 % 4 == 0 ? 4 : 1;
            timed(
                    points,
                    random,
                    route,
                    tide,
                    slow,
                    Metric.HTTP_SERVER_DURATION,
                    Map.of(
                            Attribute.HTTP_METHOD,
                            route.method,
                            Attribute.HTTP_ROUTE,
                            route.name,
                            Attribute.URL_SCHEME,
                            "http"));
        }
        for (Shape query : QUERIES) {
            String fingerprint = fingerprint(query);
            timed(
                    points,
                    random,
                    query,
                    tide,
                    1,
                    Metric.DB_DURATION,
                    Map.of(
                            Attribute.DB_SYSTEM,
                            "postgresql",
                            Attribute.DB_NAMESPACE,
                            "clinic",
                            Attribute.DB_OPERATION,
                            query.method,
                            Attribute.DB_QUERY,
                            query.name,
                            Attribute.DB_FINGERPRINT,
                            fingerprint));
            points.add(new Point(
                    key(
                            Metric.DB_ROWS,
                            Map.of(Attribute.DB_SYSTEM, "postgresql", Attribute.DB_FINGERPRINT, fingerprint)),
                    new Value.Sum(random.nextInt(400))));
        }
        for (Shape pattern : PATTERNS) {
            timed(
                    points,
                    random,
                    pattern,
                    tide,
                    1,
                    Metric.DB_DURATION,
                    Map.of(
                            Attribute.DB_SYSTEM,
                            "redis",
                            Attribute.DB_OPERATION,
                            pattern.method,
                            Attribute.DB_KEY_PATTERN,
                            pattern.name));
        }
        for (String cache : List.of("pet:{id}", "profile:{id}:settings")) {
            points.add(new Point(
                    key(Metric.CACHE_GETS, Map.of(Attribute.CACHE_NAME, cache, Attribute.CACHE_RESULT, "hit")),
                    new Value.Sum(180 + random.nextInt(20))));
            points.add(new Point(
                    key(Metric.CACHE_GETS, Map.of(Attribute.CACHE_NAME, cache, Attribute.CACHE_RESULT, "miss")),
                    new Value.Sum(cache.startsWith("pet") ? 11 : 96)));
        }
        timed(
                points,
                random,
                new Shape("GET", "", 3, 64, 0.6, 0.01),
                tide,
                1,
                Metric.HTTP_CLIENT_DURATION,
                Map.of(
                        Attribute.HTTP_METHOD,
                        "GET",
                        Attribute.SERVER_ADDRESS,
                        "api.weather.example",
                        Attribute.SERVER_PORT,
                        "443"));
        Map<Attribute, String> pool = Map.of(Attribute.POOL_NAME, "HikariPool-1");
        timed(points, random, new Shape("", "", 108, 1.9, 0.7, 0), tide, 1, Metric.POOL_USE, pool);
        timed(points, random, new Shape("", "", 108, 0.05, 1.2, 0), tide, 1, Metric.POOL_WAIT, pool);
        gauge(
                points,
                Metric.POOL_COUNT,
                Map.of(Attribute.POOL_NAME, "HikariPool-1", Attribute.POOL_STATE, "used"),
                2 + random.nextInt(5));
        gauge(points, Metric.POOL_COUNT, Map.of(Attribute.POOL_NAME, "HikariPool-1", Attribute.POOL_STATE, "idle"), 4);
        gauge(points, Metric.POOL_MAX, pool, 10);
        FixtureAgent.add(points, random, instance);
        gauge(points, Metric.POOL_PENDING, pool, 0);
        gauge(
                points,
                Metric.JVM_MEMORY_USED,
                Map.of(Attribute.MEMORY_TYPE, "heap", Attribute.MEMORY_POOL, "G1 Old Gen"),
                90e6 + 60e6 * random.nextDouble());
        gauge(
                points,
                Metric.JVM_MEMORY_LIMIT,
                Map.of(Attribute.MEMORY_TYPE, "heap", Attribute.MEMORY_POOL, "G1 Old Gen"),
                512e6);
        gauge(points, Metric.JVM_THREADS, Map.of(Attribute.THREAD_DAEMON, "true"), 41);
        gauge(points, Metric.JVM_CPU_UTILIZATION, Map.of(), 0.2 + 0.1 * random.nextDouble());
        gauge(points, Metric.PROCESS_MEMORY, Map.of(), 310e6);
        return new Batch(
                        sender(instance),
                        new Batch.Cursor("m", end.getEpochSecond() / WINDOW.toSeconds()),
                        end.minus(WINDOW),
                        end,
                        points)
                .with(new Delivery(end.plusMillis(80), end.plusMillis(68), WINDOW, 1, false));
    }

    static Sender sender(String instance) {
        return new Sender(
                SERVICE,
                instance,
                Map.of(
                        "service.name",
                        SERVICE,
                        "service.instance.id",
                        instance,
                        "host.name",
                        "web-1",
                        "process.pid",
                        "4711",
                        "service.version",
                        "2.4.1",
                        "process.runtime.version",
                        "17.0.15",
                        "telemetry.distro.version",
                        "0.1.0",
                        "deployment.environment.name",
                        "demo"));
    }

    private static void timed(
            List<Point> points,
            Random random,
            Shape shape,
            double tide,
            double slow,
            Metric metric,
            Map<Attribute, String> attributes) {
        double calls = shape.perSecond * WINDOW.toSeconds() * Math.max(0.1, tide);
        int count = (int) calls + (random.nextDouble() < calls % 1 ? 1 : 0);
        int failed = 0;
        for (int i = 0; i < count; i++) {
            failed += random.nextDouble() < shape.errors ? 1 : 0;
        }
        boolean served = metric == Metric.HTTP_SERVER_DURATION;
        add(points, random, shape, slow, metric, with(attributes, served ? "200" : null, null), count - failed);
        add(
                points,
                random,
                shape,
                slow,
                metric,
                with(attributes, served ? "503" : null, served ? "503" : "java.io.IOException"),
                failed);
    }

    private static void add(
            List<Point> points,
            Random random,
            Shape shape,
            double slow,
            Metric metric,
            Map<Attribute, String> attributes,
            int count) {
        if (count == 0) {
            return;
        }
        ExponentialHistogram histogram = new ExponentialHistogram();
        long[] counts = new long[LIMITS.length + 1];
        for (int i = 0; i < count; i++) {
            long nanos = (long) (1e6 * slow * shape.medianMs * Math.exp(shape.spread * random.nextGaussian()));
            histogram.record(nanos / 1e9);
            counts[nanos <= LIMITS[0] ? 0 : nanos <= LIMITS[1] ? 1 : 2]++;
        }
        points.add(new Point(
                key(metric, attributes),
                new Value.Distribution(histogram.snapshot(), new LimitCounts(LIMITS, counts), 0)));
    }

    private static void gauge(List<Point> points, Metric metric, Map<Attribute, String> attributes, double reading) {
        points.add(new Point(key(metric, attributes), Value.Gauge.of(reading)));
    }

    private static Map<Attribute, String> with(Map<Attribute, String> attributes, String status, String error) {
        Map<Attribute, String> all = new TreeMap<>(attributes);
        if (status != null) {
            all.put(Attribute.HTTP_STATUS, status);
        }
        if (error != null) {
            all.put(Attribute.ERROR_TYPE, error);
        }
        return all;
    }

    private static SeriesKey key(Metric metric, Map<Attribute, String> attributes) {
        Map<String, String> sorted = new TreeMap<>();
        attributes.forEach((attribute, value) -> sorted.put(attribute.key(), value));
        return new SeriesKey(metric.metricName(), sorted);
    }

    /** Of all statements. */
    static List<String> fingerprints() {
        return QUERIES.stream().map(FixtureData::fingerprint).toList();
    }

    private static String fingerprint(Shape query) {
        return String.format("%016x", query.name.hashCode() * 0x9E3779B97F4A7C15L);
    }
}
