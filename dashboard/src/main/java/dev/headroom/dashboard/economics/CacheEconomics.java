package dev.headroom.dashboard.economics;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.example.Example;
import dev.headroom.dashboard.example.Examples;
import dev.headroom.dashboard.store.ExampleSearch;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.Reading;
import dev.headroom.dashboard.store.Selection;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.TimeRange;
import dev.headroom.dashboard.store.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Works out {@link Economics} from exact counts and from examples. Thread-safe; blocks on the store. */
@Component
public class CacheEconomics {
    /** Fewer requests of either sort say nothing of the other's time. */
    static final long ENOUGH = 20;

    private static final double AIM = 0.8;
    private static final int MOST_EXAMPLES = 500;
    private static final int MOST_ROUTES = 20;
    private static final Set<String> METRICS = Stream.of(
                    Metric.CACHE_GETS, Metric.HTTP_SERVER_DURATION, Metric.CACHE_TTL, Metric.CACHE_VALUE_SIZE)
            .map(Metric::metricName)
            .collect(Collectors.toSet());

    private static final String OF_REQUESTS =
            "Cached is a request of which every lookup hit, in whatever cache; uncached one of which a lookup missed.";
    private static final String OF_MODEL =
            "At 80 % hits: 80 % of the requests take as long as cached ones do now, the others as long as uncached ones do now.";
    private static final String OF_MISSES =
            "What a miss costs is seen in kept examples, of which most are slower than usual: take it for an upper bound.";

    private final MetricStore store;
    private final Examples examples;

    public CacheEconomics(MetricStore store, Examples examples) {
        this.store = store;
        this.examples = examples;
    }

    /** @param cache name of a cache, or a key pattern, as the list of caches names it */
    public Economics of(String service, String cache, TimeRange asked) {
        Reading reading = store.read(new Selection(service, METRICS, asked, false));
        return of(service, cache, reading, examples.find(ExampleSearch.newest(service, asked, MOST_EXAMPLES)));
    }

    static Economics of(String service, String cache, Reading reading, List<Example> examples) {
        List<Example> looking = examples.stream()
                .filter(each -> each.calls().stream().anyMatch(call -> Misses.looksUp(call, cache)))
                .toList();
        Economics.Miss miss = Misses.of(looking, cache);
        List<Economics.Route> routes = routes(reading, looking);
        List<String> assumptions = new ArrayList<>();
        if (!routes.isEmpty()) {
            assumptions.add(OF_REQUESTS);
        }
        if (routes.stream().anyMatch(each -> each.p95AtEightyPercent() != null)) {
            assumptions.add(OF_MODEL);
        }
        if (miss != null) {
            assumptions.add(OF_MISSES);
        }
        return new Economics(
                service,
                cache,
                reading.range().from(),
                reading.range().to(),
                lookups(reading, cache),
                miss,
                routes,
                lifetimes(reading, cache),
                values(reading, cache),
                assumptions);
    }

    private static Economics.@Nullable Lookups lookups(Reading reading, String cache) {
        double hits = 0;
        double misses = 0;
        for (SeriesData one : reading.series()) {
            if (is(one.key(), Metric.CACHE_GETS, cache) && one.value() instanceof Value.Sum sum) {
                boolean hit = "hit".equals(one.key().get(Attribute.CACHE_RESULT));
                hits += hit ? sum.amount() : 0;
                misses += hit ? 0 : sum.amount();
            }
        }
        return hits + misses == 0
                ? null
                : new Economics.Lookups(Math.round(hits), Math.round(misses), hits / (hits + misses));
    }

    private static boolean is(SeriesKey key, Metric metric, String cache) {
        return key.is(metric) && cache.equals(key.get(Attribute.CACHE_NAME));
    }

    private static List<Economics.Route> routes(Reading reading, List<Example> looking) {
        Set<String> names = new TreeSet<>();
        for (Example example : looking) {
            if (example.route() != null) {
                names.add(example.name());
            }
        }
        return names.stream()
                .limit(MOST_ROUTES)
                .map(each -> route(reading, each))
                .toList();
    }

    private static Economics.Route route(Reading reading, String name) {
        Value.Distribution hit = served(reading, name, "hit");
        Value.Distribution miss = served(reading, name, "miss");
        boolean enough = hit != null
                && miss != null
                && hit.histogram().count() >= ENOUGH
                && miss.histogram().count() >= ENOUGH;
        Double speedUp = null;
        Double aimed = null;
        if (enough && hit != null && miss != null) {
            double cached = hit.histogram().quantile(0.5);
            speedUp = cached > 0 ? Double.valueOf(miss.histogram().quantile(0.5) / cached) : null;
            aimed = 1000 * Mixture.quantile(0.95, AIM, hit.histogram(), miss.histogram());
        }
        return new Economics.Route(name, times(hit), times(miss), speedUp, aimed);
    }

    private static Economics.@Nullable Times times(Value.@Nullable Distribution of) {
        return of == null || of.histogram().count() == 0
                ? null
                : new Economics.Times(
                        of.calls(),
                        1000 * of.histogram().quantile(0.5),
                        1000 * of.histogram().quantile(0.95));
    }

    private static Value.@Nullable Distribution served(Reading reading, String name, String result) {
        return merged(
                reading,
                key -> key.is(Metric.HTTP_SERVER_DURATION)
                        && result.equals(key.get(Attribute.REQUEST_CACHE))
                        && name.equals(key.get(Attribute.HTTP_METHOD) + " " + key.get(Attribute.HTTP_ROUTE)));
    }

    private static Value.@Nullable Distribution merged(Reading reading, Predicate<SeriesKey> wanted) {
        Value.Distribution all = null;
        for (SeriesData one : reading.series()) {
            if (wanted.test(one.key()) && one.value() instanceof Value.Distribution distribution) {
                all = all == null ? distribution : all.merge(distribution);
            }
        }
        return all;
    }

    private static Economics.@Nullable Lifetimes lifetimes(Reading reading, String cache) {
        Value.Distribution given =
                merged(reading, key -> is(key, Metric.CACHE_TTL, cache) && key.get(Attribute.CACHE_TTL) != null);
        Value.Distribution endless =
                merged(reading, key -> is(key, Metric.CACHE_TTL, cache) && key.get(Attribute.CACHE_TTL) == null);
        if (given == null && endless == null) {
            return null;
        }
        return new Economics.Lifetimes(
                given == null ? 0 : given.calls(),
                endless == null ? 0 : endless.calls(),
                quantile(given, 0.05),
                quantile(given, 0.5),
                quantile(given, 0.95));
    }

    private static @Nullable Double quantile(Value.@Nullable Distribution of, double q) {
        return of == null || of.histogram().count() == 0
                ? null
                : Double.valueOf(of.histogram().quantile(q));
    }

    private static Economics.@Nullable Values values(Reading reading, String cache) {
        Value.Distribution sizes = merged(reading, key -> is(key, Metric.CACHE_VALUE_SIZE, cache));
        return sizes == null || sizes.histogram().count() == 0
                ? null
                : new Economics.Values(
                        sizes.calls(),
                        sizes.histogram().quantile(0.5),
                        sizes.histogram().quantile(0.99),
                        sizes.histogram().max());
    }
}
