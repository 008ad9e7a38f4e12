package dev.headroom.dashboard.operations;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.store.Instance;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.Reading;
import dev.headroom.dashboard.store.Selection;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.TimeRange;
import dev.headroom.dashboard.store.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The five lists of a service over a time range, the rows that took most time first. Every call that was measured is in exactly
 * one row of its list; what the caps kept out is in a row of its own. Thread-safe; blocks on the store.
 */
@Component
public class Operations {
    /** Name of the row that takes what the caps on series kept out. */
    public static final String OVERFLOW = "other (series limit reached)";

    private static final String REDIS = "redis";

    private final MetricStore store;

    public Operations(MetricStore store) {
        this.store = store;
    }

    /** Routes, merged over status codes. An error is a 5xx or a request that ended with an exception. */
    public Listing<Rows.Route> routes(String service, TimeRange range) {
        Reading reading = read(service, range, Metric.HTTP_SERVER_DURATION);
        record Key(String method, String route) {}
        Map<Key, List<SeriesData>> groups = group(
                reading,
                key -> overflowed(key)
                        ? new Key("", OVERFLOW)
                        : new Key(
                                key.get(Attribute.HTTP_METHOD, "_OTHER"), key.get(Attribute.HTTP_ROUTE, "unmatched")));
        List<Rows.Route> rows = new ArrayList<>();
        groups.forEach((key, series) -> rows.add(new Rows.Route(
                key.method.isEmpty() ? key.route : key.method + " " + key.route,
                key.method,
                key.route,
                timing(series, reading, Operations::failedInServer),
                count(series, one -> status(one) / 100 == 4),
                count(series, one -> status(one) / 100 == 5))));
        return listing(Coverage.Subject.ROUTES, service, reading, rows, Rows.Route::timing, Rows.Route::name);
    }

    /** SQL statements by shape. */
    public Listing<Rows.Query> queries(String service, TimeRange range) {
        Reading reading = read(service, range, Metric.DB_DURATION, Metric.DB_ROWS);
        Map<String, Long> rowsRead = new TreeMap<>();
        for (SeriesData one : reading.series()) {
            if (one.key().is(Metric.DB_ROWS) && one.value() instanceof Value.Sum sum) {
                rowsRead.merge(shape(one.key()), (long) sum.amount(), Long::sum);
            }
        }
        Map<String, List<SeriesData>> groups = group(reading, key -> isSql(key) ? shape(key) : null);
        List<Rows.Query> rows = new ArrayList<>();
        groups.forEach((shape, series) -> {
            SeriesKey key = series.get(0).key();
            rows.add(new Rows.Query(
                    statement(key),
                    timing(series, reading, Operations::failed),
                    key.get(Attribute.DB_FINGERPRINT, ""),
                    key.get(Attribute.DB_OPERATION, ""),
                    key.get(Attribute.DB_SYSTEM, ""),
                    key.get(Attribute.DB_NAMESPACE),
                    rowsRead.getOrDefault(shape, 0L)));
        });
        return listing(Coverage.Subject.QUERIES, service, reading, rows, Rows.Query::timing, Rows.Query::name);
    }

    /** Redis key patterns with their commands' times, and every cache that counts its lookups. */
    public Listing<Rows.Cache> caches(String service, TimeRange range) {
        Reading reading = read(service, range, Metric.DB_DURATION, Metric.REDIS_UNTIMED, Metric.CACHE_GETS);
        double seconds = reading.range().seconds();
        Map<String, RedisCommands> commands = new TreeMap<>();
        for (SeriesData one : reading.series()) {
            if (RedisCommands.isCommand(one.key())) {
                commands.computeIfAbsent(RedisCommands.pattern(one.key()), absent -> new RedisCommands())
                        .add(one);
            }
        }
        Map<String, Long> hits = gets(reading, "hit");
        Map<String, Long> misses = gets(reading, "miss");
        Set<String> names = new TreeSet<>(commands.keySet());
        names.addAll(hits.keySet());
        names.addAll(misses.keySet());
        List<Rows.Cache> rows = new ArrayList<>();
        for (String name : names) {
            RedisCommands redis = commands.get(name);
            long hit = hits.getOrDefault(name, 0L);
            long miss = misses.getOrDefault(name, 0L);
            rows.add(new Rows.Cache(
                    name,
                    redis == null ? new Timings().over(seconds) : redis.timing(seconds),
                    hit,
                    miss,
                    hit + miss == 0 ? null : (double) hit / (hit + miss),
                    redis == null ? "" : REDIS,
                    redis == null ? List.of() : redis.commands(seconds)));
        }
        return listing(Coverage.Subject.CACHES, service, reading, rows, Rows.Cache::timing, Rows.Cache::name);
    }

    /** Connection pools; what is in use is added up over the instances that still reported at the range's end. */
    public Listing<Rows.Pool> pools(String service, TimeRange range) {
        Reading reading = read(
                service,
                range,
                Metric.POOL_USE,
                Metric.POOL_WAIT,
                Metric.POOL_TIMEOUTS,
                Metric.POOL_COUNT,
                Metric.POOL_MAX,
                Metric.POOL_PENDING);
        PoolGauges gauges = new PoolGauges(reading, store.instances(service));
        Map<String, List<SeriesData>> groups =
                group(reading, key -> overflowed(key) ? OVERFLOW : key.get(Attribute.POOL_NAME));
        List<Rows.Pool> rows = new ArrayList<>();
        groups.forEach((pool, series) -> {
            long timeouts = Math.round(sum(series, Metric.POOL_TIMEOUTS));
            rows.add(new Rows.Pool(
                    pool,
                    timings(only(series, Metric.POOL_USE), one -> false)
                            .over(reading.range().seconds(), timeouts),
                    gauges.total(series, Metric.POOL_COUNT, "used"),
                    gauges.total(series, Metric.POOL_COUNT, "idle"),
                    gauges.total(series, Metric.POOL_MAX, null),
                    gauges.total(series, Metric.POOL_PENDING, null),
                    timings(only(series, Metric.POOL_WAIT), one -> false).p95Millis(),
                    timeouts));
        });
        return listing(Coverage.Subject.POOLS, service, reading, rows, Rows.Pool::timing, Rows.Pool::name);
    }

    /** Peers called over HTTP. */
    public Listing<Rows.Call> calls(String service, TimeRange range) {
        Reading reading = read(service, range, Metric.HTTP_CLIENT_DURATION);
        record Key(String address, @Nullable String port) {}
        Map<Key, List<SeriesData>> groups = group(
                reading,
                key -> overflowed(key)
                        ? new Key(OVERFLOW, null)
                        : new Key(key.get(Attribute.SERVER_ADDRESS, "unknown"), key.get(Attribute.SERVER_PORT)));
        List<Rows.Call> rows = new ArrayList<>();
        groups.forEach((key, series) -> rows.add(new Rows.Call(
                key.port == null ? key.address : key.address + ":" + key.port,
                timing(series, reading, Operations::failedInServer),
                series.stream()
                        .map(one -> one.key().get(Attribute.HTTP_METHOD, ""))
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(", ")),
                key.address,
                key.port)));
        return listing(Coverage.Subject.CALLS, service, reading, rows, Rows.Call::timing, Rows.Call::name);
    }

    private Reading read(String service, TimeRange range, Metric... metrics) {
        Set<String> names = Stream.of(metrics).map(Metric::metricName).collect(Collectors.toSet());
        return store.read(new Selection(service, names, range, false));
    }

    /** Series whose key maps to null are left out. */
    private static <K> Map<K, List<SeriesData>> group(Reading reading, Function<SeriesKey, @Nullable K> by) {
        Map<K, List<SeriesData>> groups = new LinkedHashMap<>();
        for (SeriesData one : reading.series()) {
            K key = by.apply(one.key());
            if (key != null) {
                groups.computeIfAbsent(key, absent -> new ArrayList<>()).add(one);
            }
        }
        return groups;
    }

    private static Map<String, Long> gets(Reading reading, String result) {
        Map<String, Long> gets = new TreeMap<>();
        for (SeriesData one : reading.series()) {
            if (one.key().is(Metric.CACHE_GETS)
                    && one.value() instanceof Value.Sum sum
                    && result.equals(one.key().get(Attribute.CACHE_RESULT))) {
                gets.merge(one.key().get(Attribute.CACHE_NAME, "unnamed"), Math.round(sum.amount()), Long::sum);
            }
        }
        return gets;
    }

    private static boolean overflowed(SeriesKey key) {
        return key.get(Attribute.OVERFLOW) != null;
    }

    private static boolean isSql(SeriesKey key) {
        return key.is(Metric.DB_DURATION) && !REDIS.equals(key.get(Attribute.DB_SYSTEM));
    }

    private static String shape(SeriesKey key) {
        return overflowed(key) ? OVERFLOW : key.get(Attribute.DB_FINGERPRINT, statement(key));
    }

    /** Other senders name no statement, but often a summary of it. */
    private static String statement(SeriesKey key) {
        if (overflowed(key)) {
            return OVERFLOW;
        }
        String text = key.get(Attribute.DB_QUERY, key.attributes().getOrDefault("db.query.summary", ""));
        return text.isEmpty() ? key.get(Attribute.DB_OPERATION, "unknown") : text;
    }

    private static int status(SeriesKey key) {
        String status = key.get(Attribute.HTTP_STATUS, "0");
        return status.length() == 3 && status.chars().allMatch(Character::isDigit) ? Integer.parseInt(status) : 0;
    }

    private static boolean failed(SeriesKey key) {
        return key.get(Attribute.ERROR_TYPE) != null;
    }

    private static boolean failedInServer(SeriesKey key) {
        return failed(key) || status(key) >= 500;
    }

    private static long count(List<SeriesData> series, Predicate<SeriesKey> wanted) {
        long count = 0;
        for (SeriesData one : series) {
            if (wanted.test(one.key()) && one.value() instanceof Value.Distribution distribution) {
                count += distribution.calls();
            }
        }
        return count;
    }

    private static double sum(List<SeriesData> series, Metric metric) {
        double sum = 0;
        for (SeriesData one : series) {
            if (one.key().is(metric) && one.value() instanceof Value.Sum added) {
                sum += added.amount();
            }
        }
        return sum;
    }

    private static List<SeriesData> only(List<SeriesData> series, Metric metric) {
        return series.stream().filter(one -> one.key().is(metric)).toList();
    }

    private static Timing timing(List<SeriesData> series, Reading reading, Predicate<SeriesKey> failed) {
        return timings(series, failed).over(reading.range().seconds());
    }

    private static Timings timings(List<SeriesData> series, Predicate<SeriesKey> failed) {
        Timings timings = new Timings();
        for (SeriesData one : series) {
            if (one.value() instanceof Value.Distribution distribution) {
                timings.add(distribution, failed.test(one.key()));
            }
        }
        return timings;
    }

    /** What the service's senders told in the range, of every subject. */
    public List<Coverage> coverage(String service, TimeRange range) {
        Reading reading = read(
                service,
                range,
                Metric.HTTP_SERVER_DURATION,
                Metric.HTTP_CLIENT_DURATION,
                Metric.DB_DURATION,
                Metric.CACHE_GETS,
                Metric.POOL_COUNT,
                Metric.POOL_USE);
        return Stream.of(Coverage.Subject.values())
                .map(subject -> coverage(subject, service, reading))
                .toList();
    }

    private Coverage coverage(Coverage.Subject subject, String service, Reading reading) {
        List<Instance> senders = Coverage.within(
                store.instances(service),
                reading.range().from(),
                reading.range().to());
        return Coverage.of(subject, reading.series(), senders);
    }

    private <T> Listing<T> listing(
            Coverage.Subject subject,
            String service,
            Reading reading,
            List<T> rows,
            Function<T, Timing> timing,
            Function<T, String> name) {
        Comparator<T> mostTimeFirst = Comparator.comparingDouble(row -> {
            Double total = timing.apply(row).totalMs();
            return total == null ? 0 : -total;
        });
        rows.sort(mostTimeFirst.thenComparing(name));
        return new Listing<>(
                service,
                reading.range().from(),
                reading.range().to(),
                rows,
                coverage(subject, service, reading).notes());
    }
}
