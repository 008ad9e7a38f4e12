package dev.headroom.dashboard.finding;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.example.Example;
import dev.headroom.dashboard.plan.KeptPlan;
import dev.headroom.dashboard.store.DistributionTotal;
import dev.headroom.dashboard.store.Reading;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a service did over some minutes: exact counts, and examples. Immutable.
 *
 * @param reading merged over instances
 * @param examples newest first
 * @param plans of its slow statements, where its database may be asked
 */
record Observation(Reading reading, List<Example> examples, List<KeptPlan> plans) {
    double minutes() {
        return Math.max(1 / 60.0, reading.range().seconds() / 60);
    }

    double perMinute(double count) {
        return count / minutes();
    }

    /** Distributions of the metric that are not those beyond the caps, by what the function says; null leaves one out. */
    Map<String, Value.Distribution> distributions(Metric metric, Function<SeriesKey, @Nullable String> by) {
        Map<String, DistributionTotal> totals = new LinkedHashMap<>();
        for (SeriesData one : reading.series()) {
            String name =
                    one.key().is(metric) && one.key().get(Attribute.OVERFLOW) == null ? by.apply(one.key()) : null;
            if (name != null && one.value() instanceof Value.Distribution distribution) {
                DistributionTotal total = totals.get(name);
                if (total == null) {
                    totals.put(name, new DistributionTotal(distribution));
                } else {
                    total.add(distribution);
                }
            }
        }
        Map<String, Value.Distribution> all = new LinkedHashMap<>();
        totals.forEach((name, total) -> all.put(name, total.value()));
        return all;
    }

    /** Merged over all series that are wanted; null when there is none. */
    Value.@Nullable Distribution distribution(Metric metric, Predicate<SeriesKey> wanted) {
        return distributions(metric, key -> wanted.test(key) ? "" : null).get("");
    }

    /** Added up over all series that are wanted. */
    double sum(Metric metric, Predicate<SeriesKey> wanted) {
        double sum = 0;
        for (SeriesData one : reading.series()) {
            if (one.key().is(metric) && wanted.test(one.key()) && one.value() instanceof Value.Sum added) {
                sum += added.amount();
            }
        }
        return sum;
    }

    /** "GET /pets/{id}"; null for what is no route. */
    static @Nullable String route(SeriesKey key) {
        String route = key.get(Attribute.HTTP_ROUTE);
        String method = key.get(Attribute.HTTP_METHOD);
        return route == null || method == null ? null : method + " " + route;
    }

    /** In milliseconds; NaN for none. */
    static double meanMillis(Value.@Nullable Distribution time) {
        return time == null || time.histogram().count() == 0
                ? Double.NaN
                : 1000 * time.histogram().sum() / time.histogram().count();
    }

    /** Null for what is not known. */
    static @Nullable Double known(double value) {
        return Double.isNaN(value) ? null : Double.valueOf(value);
    }

    /** Requests served of the route, or of all for null. */
    long requests(@Nullable String route) {
        Value.Distribution served =
                distribution(Metric.HTTP_SERVER_DURATION, key -> route == null || route.equals(Observation.route(key)));
        return served == null ? 0 : served.calls();
    }

    /** SQL statements and Redis commands of all. */
    long operations() {
        Value.Distribution all = distribution(Metric.DB_DURATION, key -> true);
        return all == null ? 0 : all.calls();
    }

    /** Examples of requests to the route. */
    List<Example> examplesOf(String route) {
        return examples.stream()
                .filter(each -> each.request() && each.name().equals(route))
                .toList();
    }

    /** Calls within examples that are wanted, each with its example; newest example first. */
    List<Sighting> sightings(Predicate<Example.Call> wanted) {
        List<Sighting> seen = new ArrayList<>();
        for (Example example : examples) {
            for (Example.Call call : example.calls()) {
                if (wanted.test(call)) {
                    seen.add(new Sighting(example, call));
                }
            }
        }
        return seen;
    }

    /** A call and the example that shows it. */
    record Sighting(Example example, Example.Call call) {}
}
