package dev.headroom.dashboard.page;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.operations.Timing;
import dev.headroom.dashboard.operations.Timings;
import dev.headroom.dashboard.store.DistributionTotal;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a service did in a stretch of time: requests, cache lookups, and one row for each operation. Not thread-safe.
 */
public final class Activity {
    /**
     * An operation in the stretch.
     *
     * @param kind request, sql, redis or call
     */
    public record Row(String kind, String name, long count, long errors, double p95Ms, double maxMs) {}

    private @Nullable DistributionTotal requests;
    /** What the requests add up to, made when somebody asks. */
    private Value.@Nullable Distribution sum;

    private long errors;
    private double hits;
    private double misses;
    private final Map<String, Operation> operations = new LinkedHashMap<>();

    private static final class Operation {
        private final String kind;
        private final String name;
        /** Merged only where somebody looks: of hundreds of operations a few are shown. */
        private final List<Value.Distribution> timings = new ArrayList<>();

        private long errors;

        Operation(String kind, String name) {
            this.kind = kind;
            this.name = name;
        }

        double max() {
            double max = 0;
            for (Value.Distribution timing : timings) {
                max = Math.max(max, timing.histogram().max());
            }
            return max;
        }

        Row row() {
            DistributionTotal total = new DistributionTotal(timings.get(0));
            timings.subList(1, timings.size()).forEach(total::add);
            Value.Distribution all = total.value();
            return new Row(
                    kind,
                    name,
                    all.calls(),
                    errors,
                    all.histogram().quantile(0.95) * 1000,
                    all.histogram().max() * 1000);
        }
    }

    /** All of it: totals and operation. */
    public void add(SeriesKey key, Value value) {
        addTotals(key, value);
        if (value instanceof Value.Distribution distribution) {
            boolean failed = failed(key);
            if (key.is(Metric.HTTP_SERVER_DURATION)) {
                operation(
                        "request",
                        key.get(Attribute.HTTP_METHOD, "") + " " + key.get(Attribute.HTTP_ROUTE, "other"),
                        distribution,
                        failed);
            } else if (key.is(Metric.DB_DURATION)) {
                boolean redis = "redis".equals(key.get(Attribute.DB_SYSTEM));
                String operation = key.get(Attribute.DB_OPERATION, "other");
                operation(
                        redis ? "redis" : "sql",
                        redis
                                ? operation + " " + key.get(Attribute.DB_KEY_PATTERN, "")
                                : key.get(Attribute.DB_QUERY, operation),
                        distribution,
                        failed);
            } else if (key.is(Metric.HTTP_CLIENT_DURATION)) {
                operation(
                        "call",
                        key.get(Attribute.HTTP_METHOD, "") + " " + key.get(Attribute.SERVER_ADDRESS, "other"),
                        distribution,
                        failed);
            }
        }
    }

    /** Requests, errors and lookups alone. */
    public void addTotals(SeriesKey key, Value value) {
        if (value instanceof Value.Distribution distribution && key.is(Metric.HTTP_SERVER_DURATION)) {
            add(distribution);
            errors += failed(key) ? distribution.calls() : 0;
        } else if (value instanceof Value.Sum sum && key.is(Metric.CACHE_GETS)) {
            boolean hit = "hit".equals(key.get(Attribute.CACHE_RESULT));
            hits += hit ? sum.amount() : 0;
            misses += hit ? 0 : sum.amount();
        }
    }

    /** Requests, errors and lookups of another stretch or JVM are added to these; its operations are not. */
    public void addTotals(Activity other) {
        Value.Distribution more = other.requests();
        if (more != null) {
            add(more);
        }
        errors += other.errors;
        hits += other.hits;
        misses += other.misses;
    }

    private void add(Value.Distribution more) {
        if (requests == null) {
            requests = new DistributionTotal(more);
        } else {
            requests.add(more);
        }
        sum = null;
    }

    private Value.@Nullable Distribution requests() {
        if (sum == null && requests != null) {
            sum = requests.value();
        }
        return sum;
    }

    private void operation(String kind, String name, Value.Distribution distribution, boolean failed) {
        Operation operation =
                operations.computeIfAbsent(kind + " " + name, absent -> new Operation(kind, name.strip()));
        if (distribution.histogram().count() > 0) {
            operation.timings.add(distribution);
        }
        operation.errors += failed ? distribution.calls() : 0;
    }

    /** A 5xx answer or an exception; a 4xx blames the client. */
    private static boolean failed(SeriesKey key) {
        return key.get(Attribute.ERROR_TYPE) != null
                || key.get(Attribute.HTTP_STATUS, "").startsWith("5");
    }

    /** Requests served. */
    public long count() {
        Value.Distribution all = requests();
        return all == null ? 0 : all.calls();
    }

    public long errors() {
        return errors;
    }

    /** Milliseconds; NaN without requests. */
    public double quantileMs(double q) {
        Value.Distribution all = requests();
        return all == null ? Double.NaN : all.histogram().quantile(q) * 1000;
    }

    /** How sure a percentile is: "± 1.1 %", or the sender's bucket that it lies in; empty without requests. */
    public String bound(double q) {
        Value.Distribution all = requests();
        if (all == null) {
            return "";
        }
        Timing.Between between = Timings.between(all, q);
        return between == null
                ? "± " + Figures.fixed(new StringBuilder(), all.relativeError() * 100, 1) + " %"
                : between.text(Figures::number) + " ms";
    }

    /** Share of requests that failed; NaN without requests. */
    public double errorShare() {
        return count() == 0 ? Double.NaN : errors / (double) count();
    }

    /** Hits of all lookups; NaN without lookups. */
    public double hitRatio() {
        return hits + misses == 0 ? Double.NaN : hits / (hits + misses);
    }

    /** The operations that took longest, longest first. */
    public List<Row> slowest(int most) {
        record Longest(Operation operation, double max) {}
        List<Longest> longest = new ArrayList<>();
        for (Operation operation : operations.values()) {
            if (!operation.timings.isEmpty()) {
                longest.add(new Longest(operation, operation.max()));
            }
        }
        longest.sort(Comparator.comparingDouble(Longest::max).reversed().thenComparing(each -> each.operation.name));
        return longest.stream().limit(most).map(each -> each.operation.row()).toList();
    }
}
