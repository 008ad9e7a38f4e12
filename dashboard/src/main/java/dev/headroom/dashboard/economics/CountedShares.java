package dev.headroom.dashboard.economics;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.store.Reading;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The cross table of routes and statements as agents count it in every request: 30 statements of a route, the rest as one. */
final class CountedShares {
    static final Set<String> METRICS = Set.of(
            Metric.HTTP_SERVER_DURATION.metricName(),
            Metric.REQUEST_STATEMENT_RUNS.metricName(),
            Metric.REQUEST_STATEMENT_TIME.metricName(),
            Metric.DB_DURATION.metricName());
    private static final String OTHERS = "other";

    private CountedShares() {}

    private record Pair(String route, String fingerprint) {}

    /** Runs and seconds, of a pair or of requests. */
    private static final class Sum {
        private double amount;
        private long count;

        private void add(Value.Distribution more) {
            amount += more.histogram().sum();
            count += more.calls();
        }
    }

    /**
     * Unsorted; empty where no agent counted any.
     *
     * @param route "GET /pets/{id}"; null for every one
     * @param fingerprint of a statement; null for every one
     */
    static List<Shares.Cell> of(Reading reading, @Nullable String route, @Nullable String fingerprint) {
        Map<String, Sum> requests = new HashMap<>();
        Map<Pair, Sum> runs = new LinkedHashMap<>();
        Map<Pair, Sum> times = new HashMap<>();
        Map<String, String> texts = new HashMap<>();
        for (SeriesData one : reading.series()) {
            SeriesKey key = one.key();
            String print = key.get(Attribute.DB_FINGERPRINT);
            if (!(one.value() instanceof Value.Distribution distribution)) {
                continue;
            }
            if (key.is(Metric.DB_DURATION)) {
                String text = key.get(Attribute.DB_QUERY);
                if (print != null && text != null) {
                    texts.putIfAbsent(print, text);
                }
                continue;
            }
            String name = key.get(Attribute.HTTP_METHOD, "_OTHER") + " " + key.get(Attribute.HTTP_ROUTE, "unmatched");
            if (route != null && !route.equals(name)) {
                continue;
            }
            if (key.is(Metric.HTTP_SERVER_DURATION)) {
                requests.computeIfAbsent(name, absent -> new Sum()).add(distribution);
            } else if (print != null && (fingerprint == null || fingerprint.equals(print))) {
                (key.is(Metric.REQUEST_STATEMENT_RUNS) ? runs : times)
                        .computeIfAbsent(new Pair(name, print), absent -> new Sum())
                        .add(distribution);
            }
        }
        List<Shares.Cell> cells = new ArrayList<>();
        runs.forEach((pair, ran) -> {
            Sum all = requests.get(pair.route);
            Sum time = times.getOrDefault(pair, new Sum());
            if (all != null && all.count > 0) {
                cells.add(new Shares.Cell(
                        pair.route,
                        pair.fingerprint,
                        pair.fingerprint.equals(OTHERS)
                                ? "other statements"
                                : texts.getOrDefault(pair.fingerprint, pair.fingerprint),
                        ran.amount / all.count,
                        time.amount * 1000 / all.count,
                        all.amount == 0 ? 0 : time.amount / all.amount,
                        all.count,
                        Shares.Basis.COUNTED));
            }
        });
        return cells;
    }
}
