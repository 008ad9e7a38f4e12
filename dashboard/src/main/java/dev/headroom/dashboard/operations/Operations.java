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

    static final String REDIS = "redis";

    private static final Metric[] LISTED = {
        Metric.HTTP_SERVER_DURATION,
        Metric.REQUEST_DB_CALLS,
        Metric.REQUEST_DB_REPEATED,
        Metric.HTTP_CLIENT_DURATION,
        Metric.DB_DURATION,
        Metric.DB_ROWS,
        Metric.REDIS_UNTIMED,
        Metric.CACHE_GETS,
        Metric.POOL_USE,
        Metric.POOL_WAIT,
        Metric.POOL_TIMEOUTS,
        Metric.POOL_COUNT,
        Metric.POOL_MAX,
        Metric.POOL_PENDING
    };

    private final MetricStore store;

    public Operations(MetricStore store) {
        this.store = store;
    }

    /** Routes, merged over status codes. An error is a 5xx or a request that ended with an exception. */
    public Listing<Rows.Route> routes(String service, TimeRange range) {
        return routes(service, source(service, range));
    }

    private Listing<Rows.Route> routes(String service, Source source) {
        Reading reading = source.read(Metric.HTTP_SERVER_DURATION, Metric.REQUEST_DB_CALLS, Metric.REQUEST_DB_REPEATED);
        record Key(String method, String route) {}
        Map<Key, List<SeriesData>> groups = group(
                reading,
                key -> SeriesFacts.overflowed(key)
                        ? new Key("", OVERFLOW)
                        : new Key(
                                key.get(Attribute.HTTP_METHOD, "_OTHER"), key.get(Attribute.HTTP_ROUTE, "unmatched")));
        List<Rows.Route> rows = new ArrayList<>();
        groups.forEach((key, series) -> rows.add(new Rows.Route(
                key.method.isEmpty() ? key.route : key.method + " " + key.route,
                key.method,
                key.route,
                timing(only(series, Metric.HTTP_SERVER_DURATION), reading, SeriesFacts::failedInServer),
                count(only(series, Metric.HTTP_SERVER_DURATION), one -> SeriesFacts.status(one) / 100 == 4),
                count(only(series, Metric.HTTP_SERVER_DURATION), one -> SeriesFacts.status(one) / 100 == 5),
                Amounts.mean(only(series, Metric.REQUEST_DB_CALLS)),
                Amounts.most(only(series, Metric.REQUEST_DB_REPEATED)))));
        return listing(Coverage.Subject.ROUTES, service, reading, rows, Rows.Route::timing, Rows.Route::name);
    }

    /** SQL statements by shape. */
    public Listing<Rows.Query> queries(String service, TimeRange range) {
        return queries(service, source(service, range));
    }

    private Listing<Rows.Query> queries(String service, Source source) {
        Reading reading = source.read(Metric.DB_DURATION, Metric.DB_ROWS);
        Map<String, Long> rowsRead = new TreeMap<>();
        for (SeriesData one : reading.series()) {
            if (one.key().is(Metric.DB_ROWS) && one.value() instanceof Value.Sum sum) {
                rowsRead.merge(SeriesFacts.shape(one.key()), (long) sum.amount(), Long::sum);
            }
        }
        Map<String, List<SeriesData>> groups =
                group(reading, key -> SeriesFacts.isSql(key) ? SeriesFacts.shape(key) : null);
        List<Rows.Query> rows = new ArrayList<>();
        groups.forEach((shape, series) -> {
            SeriesKey key = series.get(0).key();
            rows.add(new Rows.Query(
                    SeriesFacts.statement(key),
                    timing(series, reading, SeriesFacts::failed),
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
        return caches(service, source(service, range));
    }

    private Listing<Rows.Cache> caches(String service, Source source) {
        Reading reading = source.read(Metric.DB_DURATION, Metric.REDIS_UNTIMED, Metric.CACHE_GETS);
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
        return pools(service, source(service, range));
    }

    private Listing<Rows.Pool> pools(String service, Source source) {
        Reading reading = source.read(
                Metric.POOL_USE,
                Metric.POOL_WAIT,
                Metric.POOL_TIMEOUTS,
                Metric.POOL_COUNT,
                Metric.POOL_MAX,
                Metric.POOL_PENDING);
        PoolGauges gauges = new PoolGauges(reading, store.instances(service));
        Map<String, List<SeriesData>> groups =
                group(reading, key -> SeriesFacts.overflowed(key) ? OVERFLOW : key.get(Attribute.POOL_NAME));
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
        return calls(service, source(service, range));
    }

    private Listing<Rows.Call> calls(String service, Source source) {
        Reading reading = source.read(Metric.HTTP_CLIENT_DURATION);
        record Key(String address, @Nullable String port) {}
        Map<Key, List<SeriesData>> groups = group(
                reading,
                key -> SeriesFacts.overflowed(key)
                        ? new Key(OVERFLOW, null)
                        : new Key(key.get(Attribute.SERVER_ADDRESS, "unknown"), key.get(Attribute.SERVER_PORT)));
        List<Rows.Call> rows = new ArrayList<>();
        groups.forEach((key, series) -> rows.add(new Rows.Call(
                key.port == null ? key.address : key.address + ":" + key.port,
                timing(series, reading, SeriesFacts::failedInServer),
                series.stream()
                        .map(one -> one.key().get(Attribute.HTTP_METHOD, ""))
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(", ")),
                key.address,
                key.port)));
        return listing(Coverage.Subject.CALLS, service, reading, rows, Rows.Call::timing, Rows.Call::name);
    }

    /** Where the series of some metrics come from. */
    private interface Source {
        Reading read(Metric... metrics);
    }

    private Source source(String service, TimeRange range) {
        return metrics -> store.read(new Selection(service, names(metrics), range, false));
    }

    private static Set<String> names(Metric... metrics) {
        return Stream.of(metrics).map(Metric::metricName).collect(Collectors.toSet());
    }

    /** All lists of one range, for who wants them together: the store is read once. */
    public Together together(String service, TimeRange range) {
        return new Together(service, source(service, range).read(LISTED));
    }

    /** All lists of a service over one range. Immutable and thread-safe. */
    public final class Together {
        private final String service;
        private final Reading reading;

        private Together(String service, Reading reading) {
            this.service = service;
            this.reading = reading;
        }

        private Reading of(Metric... metrics) {
            Set<String> names = names(metrics);
            return new Reading(
                    reading.range(),
                    reading.series().stream()
                            .filter(one -> names.contains(one.key().metric()))
                            .toList(),
                    reading.windows());
        }

        public Listing<Rows.Route> routes() {
            return Operations.this.routes(service, this::of);
        }

        public Listing<Rows.Query> queries() {
            return Operations.this.queries(service, this::of);
        }

        public Listing<Rows.Cache> caches() {
            return Operations.this.caches(service, this::of);
        }

        public Listing<Rows.Pool> pools() {
            return Operations.this.pools(service, this::of);
        }

        public Listing<Rows.Call> calls() {
            return Operations.this.calls(service, this::of);
        }

        /** What the service's senders told, of every subject. */
        public List<Coverage> coverage() {
            return Operations.this.coverage(service, this::of);
        }
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
        return coverage(service, source(service, range));
    }

    private List<Coverage> coverage(String service, Source source) {
        Reading reading = source.read(
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
