package dev.headroom.dashboard.economics;

import static java.util.stream.Collectors.toSet;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.store.DistributionTotal;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.Reading;
import dev.headroom.dashboard.store.Selection;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.TimeRange;
import dev.headroom.dashboard.store.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What requests to one route did, and where their time went, as agents count it in every request. Thread-safe; blocks on the store.
 */
@Component
public class RequestWork {
    /** What is told of a request, in the order in which it is shown. */
    public enum What {
        DB_CALLS("dbCalls", "SQL statements", Metric.REQUEST_DB_CALLS, null),
        DB_SHAPES("dbShapes", "different statements", Metric.REQUEST_DB_SHAPES, null),
        DB_REPEATED("dbRepeated", "most runs of one SELECT", Metric.REQUEST_DB_REPEATED, null),
        DB_WRITES("dbWrites", "statements that change data", Metric.REQUEST_DB_WRITES, null),
        DB_ROWS("dbRows", "rows read or changed", Metric.REQUEST_DB_ROWS, null),
        CONNECTIONS_OPENED("connectionsOpened", "connections opened", Metric.REQUEST_DB_OPENED, null),
        CONNECTIONS_HELD("connectionsHeldMs", "connections held", Metric.REQUEST_DB_HELD, null),
        REDIS_COMMANDS("redisCommands", "Redis commands", Metric.REQUEST_REDIS_COMMANDS, null),
        REDIS_ROUND_TRIPS("redisRoundTrips", "waits for Redis", Metric.REQUEST_REDIS_ROUND_TRIPS, null),
        CACHE_HITS("cacheHits", "cache hits", Metric.REQUEST_CACHE_HITS, null),
        CACHE_MISSES("cacheMisses", "cache misses", Metric.REQUEST_CACHE_MISSES, null),
        HTTP_CALLS("httpCalls", "outgoing calls", Metric.REQUEST_HTTP_CALLS, null),
        DB_TIME("dbMs", "time on databases", Metric.REQUEST_TIME, "db"),
        REDIS_TIME("redisMs", "time on Redis", Metric.REQUEST_TIME, "redis"),
        HTTP_TIME("httpMs", "time on outgoing calls", Metric.REQUEST_TIME, "http"),
        POOL_TIME("poolMs", "waits for connections", Metric.REQUEST_TIME, "pool"),
        OWN_TIME("ownMs", "own time", Metric.REQUEST_TIME, "own");

        private final String id;
        private final String words;
        private final Metric metric;
        private final @Nullable String part;

        What(String id, String words, Metric metric, @Nullable String part) {
            this.id = id;
            this.words = words;
            this.metric = metric;
            this.part = part;
        }

        public String words() {
            return words;
        }

        /** Milliseconds, not a number of things. */
        public boolean isTime() {
            return metric.kind() == Metric.Kind.DURATION;
        }

        boolean is(SeriesKey key) {
            return key.is(metric) && (part == null || part.equals(key.get(Attribute.REQUEST_PART)));
        }
    }

    /** The metrics of the parts that add up to a request. */
    public static final Set<String> TIME = Set.of(Metric.REQUEST_TIME.metricName());

    private static final Set<String> METRICS =
            Arrays.stream(What.values()).map(what -> what.metric.metricName()).collect(toSet());

    private final MetricStore store;

    public RequestWork(MetricStore store) {
        this.store = store;
    }

    /**
     * One thing that requests do; times in milliseconds.
     *
     * @param requests that it is told of: those since the first one that did any of its kind
     * @param errorBound relative error of the percentiles
     */
    public record Item(
            String name, long requests, double mean, double p50, double p95, double max, double errorBound) {}

    /**
     * In the order of {@link What}; without what no request did.
     *
     * @param route "GET /pets/{id}"
     */
    public Map<What, Item> of(String service, TimeRange range, String route) {
        return of(store.read(new Selection(service, METRICS, range, false)), route);
    }

    static Map<What, Item> of(Reading reading, String route) {
        Map<What, DistributionTotal> totals = new EnumMap<>(What.class);
        for (SeriesData one : reading.series()) {
            if (!(one.value() instanceof Value.Distribution distribution) || !route.equals(name(one.key()))) {
                continue;
            }
            for (What what : What.values()) {
                if (what.is(one.key())) {
                    DistributionTotal known = totals.get(what);
                    if (known == null) {
                        totals.put(what, new DistributionTotal(distribution));
                    } else {
                        known.add(distribution);
                    }
                }
            }
        }
        Map<What, Item> items = new EnumMap<>(What.class);
        totals.forEach((what, total) -> {
            Value.Distribution all = total.value();
            if (all.histogram().count() > 0) {
                items.put(what, item(what, all));
            }
        });
        return items;
    }

    /** "GET /pets/{id}". */
    public static String name(SeriesKey key) {
        return key.get(Attribute.HTTP_METHOD, "_OTHER") + " " + key.get(Attribute.HTTP_ROUTE, "unmatched");
    }

    private static Item item(What what, Value.Distribution all) {
        double scale = what.isTime() ? 1000 : 1;
        return new Item(
                what.id,
                all.histogram().count(),
                all.histogram().sum() * scale / all.histogram().count(),
                all.histogram().quantile(0.5) * scale,
                all.histogram().quantile(0.95) * scale,
                all.histogram().max() * scale,
                all.relativeError());
    }

    /** As the API lists them. */
    public List<Item> list(String service, TimeRange range, String route) {
        return new ArrayList<>(of(service, range, route).values());
    }
}
