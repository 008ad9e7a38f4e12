package dev.headroom.dashboard.economics;

import dev.headroom.dashboard.example.Example;
import dev.headroom.dashboard.example.Examples;
import dev.headroom.dashboard.store.ExampleSearch;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.Selection;
import dev.headroom.dashboard.store.TimeRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The cross table of routes and statements: how often a statement runs in one request to a route, and which share of the requests' time it
 * takes. Agents of ours count it in every request; for other senders it is as kept examples show it. Of those, where enough normal ones
 * are kept only they count, for the others were kept because they were slow. Thread-safe; blocks on the store.
 */
@Component
public class Shares {
    /** Cells of one answer. */
    public static final int MOST = 50;

    /** From so many normal examples of a route on, the remarkable ones are left out. */
    private static final int ENOUGH = 5;

    private static final int MOST_EXAMPLES = ExampleSearch.MOST;

    private final MetricStore store;
    private final Examples examples;

    public Shares(MetricStore store, Examples examples) {
        this.store = store;
        this.examples = examples;
    }

    /** What a cell was computed from. */
    public enum Basis {
        /** Every request of the time. */
        COUNTED,
        NORMAL_EXAMPLES,
        /** Of all reasons: slow ones above all. */
        KEPT_EXAMPLES
    }

    /**
     * A statement within the requests to a route.
     *
     * @param callsPerRequest on average over all requests, those without the statement too
     * @param share of the time of these requests; where statements ran side by side the shares of a route may add up to more than 1
     * @param requests of the route that were counted, or looked at
     */
    public record Cell(
            String route,
            String fingerprint,
            String text,
            double callsPerRequest,
            double msPerRequest,
            double share,
            long requests,
            Basis basis) {}

    /**
     * The largest shares first, at most {@value #MOST}.
     *
     * @param route "GET /pets/{id}"; null for every one
     * @param fingerprint of a statement; null for every one
     */
    public List<Cell> of(String service, TimeRange range, @Nullable String route, @Nullable String fingerprint) {
        List<Cell> counted = CountedShares.of(
                store.read(new Selection(service, CountedShares.METRICS, range, false)), route, fingerprint);
        if (!counted.isEmpty()) {
            return largest(counted);
        }
        int blank = route == null ? -1 : route.indexOf(' ');
        String method = blank < 0 || route == null ? null : route.substring(0, blank);
        String template = route == null ? null : route.substring(blank + 1);
        // A route's examples without the statement count too: so those of one statement are looked for by their routes.
        List<Example> kept = examples.find(new ExampleSearch(
                service, range, method, template, null, null, ExampleSearch.Order.NEWEST, MOST_EXAMPLES));
        return of(kept, fingerprint);
    }

    static List<Cell> of(List<Example> kept, @Nullable String fingerprint) {
        Map<String, List<Example>> byRoute = new LinkedHashMap<>();
        for (Example each : kept) {
            if (each.request() && each.route() != null && each.durationMs() > 0) {
                byRoute.computeIfAbsent(each.name(), absent -> new ArrayList<>())
                        .add(each);
            }
        }
        List<Cell> cells = new ArrayList<>();
        byRoute.forEach((name, all) -> cells.addAll(cells(name, all, fingerprint)));
        return largest(cells);
    }

    private static List<Cell> largest(List<Cell> cells) {
        return cells.stream()
                .sorted(Comparator.comparingDouble((Cell each) -> -each.share()).thenComparing(Cell::route))
                .limit(MOST)
                .toList();
    }

    private static List<Cell> cells(String route, List<Example> all, @Nullable String fingerprint) {
        Predicate<Example> usual = each -> each.reason().equals("normal");
        boolean normal = all.stream().filter(usual).count() >= ENOUGH;
        List<Example> counted = normal ? all.stream().filter(usual).toList() : all;
        double total = counted.stream().mapToDouble(Example::durationMs).sum();
        record Sum(String text, double calls, double ms) {}
        Map<String, Sum> sums = new LinkedHashMap<>();
        for (Example example : counted) {
            for (Example.Call call : example.calls()) {
                String print = call.fingerprint();
                if (call.kind().equals("sql") && print != null && (fingerprint == null || fingerprint.equals(print))) {
                    sums.merge(
                            print,
                            new Sum(call.text(), call.count(), call.durationMs()),
                            (a, b) -> new Sum(a.text, a.calls + b.calls, a.ms + b.ms));
                }
            }
        }
        List<Cell> cells = new ArrayList<>();
        sums.forEach((print, sum) -> cells.add(new Cell(
                route,
                print,
                sum.text,
                sum.calls / counted.size(),
                sum.ms / counted.size(),
                sum.ms / total,
                counted.size(),
                normal ? Basis.NORMAL_EXAMPLES : Basis.KEPT_EXAMPLES)));
        return cells;
    }
}
