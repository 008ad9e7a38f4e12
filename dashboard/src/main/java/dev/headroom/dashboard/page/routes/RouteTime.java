package dev.headroom.dashboard.page.routes;

import dev.headroom.dashboard.economics.RequestWork;
import dev.headroom.dashboard.example.Example;
import dev.headroom.dashboard.example.Examples;
import dev.headroom.dashboard.operations.Rows.Route;
import dev.headroom.dashboard.page.Figures;
import dev.headroom.dashboard.page.Frame;
import dev.headroom.dashboard.page.StackedChart;
import dev.headroom.dashboard.page.TimeParts;
import dev.headroom.dashboard.page.TimeSteps;
import dev.headroom.dashboard.store.ExampleSearch;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.Reading;
import dev.headroom.dashboard.store.Selection;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.TimeRange;
import dev.headroom.dashboard.store.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Where the time of a route's requests goes, over time: of every request where agents count it, else the mean of what they keep as
 * examples. Thread-safe; blocks on the store.
 */
@Component
final class RouteTime {
    /** Fewer than on other charts: a slice is a mean of the few examples of its time. */
    private static final int SLICES = 20;

    private static final int COUNTED_SLICES = 60;
    /** From so many normal examples on, those that were kept because they were remarkable are left out. */
    private static final int ENOUGH = 5;

    private final MetricStore store;
    private final Examples examples;

    RouteTime(MetricStore store, Examples examples) {
        this.store = store;
        this.examples = examples;
    }

    /** Null where nobody tells of the parts. */
    @Nullable
    StackedChart of(Frame frame, String service, Route route) {
        TimeSteps counted = TimeSteps.of(frame, COUNTED_SLICES);
        StackedChart exact = draw(
                frame,
                service,
                counted,
                store.slices(new Selection(service, RequestWork.TIME, counted.range(), false), counted.step()),
                route.name());
        return exact == null ? ofExamples(frame, service, route) : exact;
    }

    static @Nullable StackedChart draw(
            Frame frame, String service, TimeSteps steps, List<Reading> slices, String route) {
        TimeParts parts = new TimeParts();
        List<Instant> starts = new ArrayList<>();
        for (Reading slice : slices) {
            TimeParts.Counted counted = new TimeParts.Counted();
            for (SeriesData one : slice.series()) {
                if (one.value() instanceof Value.Distribution distribution
                        && route.equals(RequestWork.name(one.key()))) {
                    counted.add(one.key(), distribution);
                }
            }
            starts.add(slice.range().from());
            parts.add(counted);
        }
        starts.add(steps.range().to());
        return parts.any() ? parts.draw(frame, service, "Counted in every request.", starts) : null;
    }

    private @Nullable StackedChart ofExamples(Frame frame, String service, Route route) {
        TimeSteps steps = TimeSteps.of(frame, SLICES);
        List<Example> kept = examples
                .find(new ExampleSearch(
                        service,
                        steps.range(),
                        route.method(),
                        route.route(),
                        null,
                        null,
                        ExampleSearch.Order.NEWEST,
                        ExampleSearch.MOST))
                .stream()
                .filter(example -> example.request() && example.split() != null)
                .toList();
        return draw(frame, service, steps, kept);
    }

    static @Nullable StackedChart draw(Frame frame, String service, TimeSteps steps, List<Example> kept) {
        List<Example> normal = kept.stream()
                .filter(example -> example.reason().equals("normal"))
                .toList();
        boolean enough = normal.size() >= ENOUGH;
        List<Example> used = enough ? normal : kept;
        if (used.isEmpty()) {
            return null;
        }
        TimeParts parts = new TimeParts();
        List<Instant> starts = new ArrayList<>();
        for (Instant at = steps.range().from(); at.isBefore(steps.range().to()); at = at.plus(steps.step())) {
            starts.add(at);
            add(parts, used, new TimeRange(at, at.plus(steps.step())));
        }
        starts.add(steps.range().to());
        String note = "The mean of " + Figures.count(used.size()) + (enough ? " normal examples" : " examples")
                + (enough ? "." : ", most of them kept because they were remarkable: not what a usual request takes.");
        return parts.draw(frame, service, note, starts);
    }

    private static void add(TimeParts parts, List<Example> examples, TimeRange slice) {
        double[] sums = new double[5];
        long requests = 0;
        for (Example example : examples) {
            Example.Split split = example.split();
            boolean within =
                    !example.start().isBefore(slice.from()) && example.start().isBefore(slice.to());
            if (split != null && within) {
                double[] each = {split.dbMs(), split.redisMs(), split.httpMs(), split.poolMs(), split.ownMs()};
                for (int i = 0; i < each.length; i++) {
                    sums[i] += each[i];
                }
                requests++;
            }
        }
        parts.add(requests, sums[0], sums[1], sums[2], sums[3], sums[4]);
    }
}
