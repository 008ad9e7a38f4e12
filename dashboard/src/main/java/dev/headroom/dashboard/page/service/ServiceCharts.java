package dev.headroom.dashboard.page.service;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.epoch.Epoch;
import dev.headroom.dashboard.epoch.EpochBook;
import dev.headroom.dashboard.operations.Deliveries;
import dev.headroom.dashboard.page.Activity;
import dev.headroom.dashboard.page.Figures;
import dev.headroom.dashboard.page.Frame;
import dev.headroom.dashboard.page.LineChart;
import dev.headroom.dashboard.page.StackedChart;
import dev.headroom.dashboard.page.Strip;
import dev.headroom.dashboard.page.TimeParts;
import dev.headroom.dashboard.page.TimeSteps;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.Reading;
import dev.headroom.dashboard.store.Selection;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A service over time: rate, errors, percentiles, hit ratio and its JVMs. Thread-safe; blocks on the store. */
@Component
final class ServiceCharts {
    private static final int SLICES = 60;
    private static final double MIB = 1 << 20;
    private static final String COUNTED_NOTE = "Means of all requests, counted in every one.";
    private static final String TIME_NOTE =
            "Means of all requests. Calls of scheduled work and calls side by side count too; own code is what is left.";
    private static final Set<String> METRICS = Set.of(
            Metric.HTTP_SERVER_DURATION.metricName(),
            Metric.REQUEST_TIME.metricName(),
            Metric.CACHE_GETS.metricName(),
            Metric.DB_DURATION.metricName(),
            Metric.HTTP_CLIENT_DURATION.metricName(),
            Metric.POOL_WAIT.metricName(),
            Metric.JVM_MEMORY_USED.metricName(),
            Metric.JVM_CPU_UTILIZATION.metricName(),
            Metric.JVM_GC_DURATION.metricName());

    /** What the charts tell apart: a route or a statement is not. */
    private static final Set<String> BY = Set.of(
            Attribute.HTTP_STATUS.key(),
            Attribute.ERROR_TYPE.key(),
            Attribute.CACHE_RESULT.key(),
            Attribute.DB_SYSTEM.key(),
            Attribute.REQUEST_PART.key(),
            Attribute.GC_NAME.key());

    private final MetricStore store;
    private final Deliveries deliveries;
    private final EpochBook epochs;

    ServiceCharts(MetricStore store, Deliveries deliveries, EpochBook epochs) {
        this.store = store;
        this.deliveries = deliveries;
        this.epochs = epochs;
    }

    /** @param time null where no request was served */
    record Drawn(
            List<ServicePage.Figure> figures,
            List<LineChart> charts,
            @Nullable StackedChart time,
            Strip strip) {}

    /** What a slice came to. */
    record Slice(Reading reading, Activity activity) {
        double seconds() {
            return reading.range().seconds();
        }

        /** NaN where nobody reported: no data is not zero. */
        double perSecond(double amount) {
            return reading.windows() == 0 ? Double.NaN : amount / seconds();
        }
    }

    Drawn draw(String service, Frame frame) {
        List<Slice> slices = slices(service, frame);
        List<Instant> starts = new ArrayList<>();
        slices.forEach(slice -> starts.add(slice.reading().range().from()));
        starts.add(slices.get(slices.size() - 1).reading().range().to());
        List<LineChart> charts = new ArrayList<>();
        charts.add(LineChart.of(
                frame,
                "Time to answer",
                starts,
                List.of(
                        series("p95", slices, slice -> slice.activity().quantileMs(0.95)),
                        series("p99", slices, slice -> slice.activity().quantileMs(0.99)),
                        series("p50", slices, slice -> slice.activity().quantileMs(0.50))),
                Figures::duration));
        charts.add(LineChart.of(
                frame,
                "Requests",
                starts,
                List.of(
                        series(
                                "all",
                                slices,
                                slice -> slice.perSecond(
                                        (double) slice.activity().count())),
                        series(
                                "failed",
                                slices,
                                slice -> slice.perSecond(
                                        (double) slice.activity().errors()))),
                value -> Figures.number(value) + " /s"));
        if (slices.stream().anyMatch(slice -> !Double.isNaN(slice.activity().hitRatio()))) {
            charts.add(LineChart.of(
                    frame,
                    "Cache hit ratio",
                    starts,
                    List.of(series("hits", slices, slice -> slice.activity().hitRatio())),
                    Figures::percent));
        }
        charts.add(LineChart.of(
                frame,
                "Heap in use",
                starts,
                List.of(series("all JVMs", slices, ServiceCharts::heap)),
                mib -> Figures.number(mib) + " MiB"));
        charts.add(LineChart.of(
                frame,
                "CPU",
                starts,
                List.of(
                        series("process", slices, ServiceCharts::cpu),
                        series("collecting garbage", slices, slice -> slice.perSecond(collecting(slice)))),
                Figures::percent));
        Strip strip = strip(service, starts, frame.now());
        List<Epoch> happened = epochs.of(service);
        Instant begin = starts.get(0);
        Instant end = starts.get(starts.size() - 1);
        charts.replaceAll(chart -> chart.over(strip).marking(happened, begin, end));
        StackedChart time = time(service, frame, slices, starts);
        return new Drawn(
                figures(slices),
                charts,
                time == null ? null : time.with(time.axes().over(strip).marking(happened, begin, end)),
                strip);
    }

    /**
     * Of senders that do not count requests' parts the sums of all calls, of which those outside of requests cannot be told from those
     * for them.
     */
    static @Nullable StackedChart time(String service, Frame frame, List<Slice> slices, List<Instant> starts) {
        TimeParts parts = new TimeParts();
        boolean all = true;
        for (Slice slice : slices) {
            TimeParts.Counted counted = new TimeParts.Counted();
            double requests = 0;
            double db = 0;
            double redis = 0;
            double http = 0;
            double pool = 0;
            for (SeriesData series : slice.reading().series()) {
                if (series.value() instanceof Value.Distribution distribution) {
                    counted.add(series.key(), distribution);
                    double millis = distribution.histogram().sum() * 1000;
                    boolean onRedis = "redis".equals(series.key().get(Attribute.DB_SYSTEM));
                    requests += series.key().is(Metric.HTTP_SERVER_DURATION) ? millis : 0;
                    db += series.key().is(Metric.DB_DURATION) && !onRedis ? millis : 0;
                    redis += series.key().is(Metric.DB_DURATION) && onRedis ? millis : 0;
                    http += series.key().is(Metric.HTTP_CLIENT_DURATION) ? millis : 0;
                    pool += series.key().is(Metric.POOL_WAIT) ? millis : 0;
                }
            }
            if (counted.requests() > 0) {
                parts.add(counted);
            } else {
                all &= slice.activity().count() == 0;
                parts.add(slice.activity().count(), db, redis, http, pool, requests - db - redis - http - pool);
            }
        }
        return parts.any() ? parts.draw(frame, service, all ? COUNTED_NOTE : TIME_NOTE, starts) : null;
    }

    private Strip strip(String service, List<Instant> starts, Instant now) {
        Duration step = Duration.between(starts.get(0), starts.get(1));
        return deliveries.numbered(service)
                ? Strip.of(deliveries.slices(service, starts.get(0), step, starts.size() - 1, now))
                : Strip.NONE;
    }

    private List<Slice> slices(String service, Frame frame) {
        TimeSteps steps = TimeSteps.of(frame, SLICES);
        List<Slice> slices = new ArrayList<>();
        Selection selection = new Selection(service, METRICS, steps.range(), false).addedUpBy(BY);
        for (Reading reading : store.slices(selection, steps.step())) {
            Activity activity = new Activity();
            for (SeriesData series : reading.series()) {
                activity.addTotals(series.key(), series.value());
            }
            slices.add(new Slice(reading, activity));
        }
        if (slices.isEmpty()) {
            slices.add(new Slice(new Reading(frame.range(), List.of(), 0), new Activity()));
        }
        return slices;
    }

    private static LineChart.Series series(String name, List<Slice> slices, ToDoubleFunction<Slice> value) {
        return new LineChart.Series(
                name, slices.stream().mapToDouble(value).boxed().toList());
    }

    private static List<ServicePage.Figure> figures(List<Slice> slices) {
        Activity all = new Activity();
        double seconds = 0;
        for (Slice slice : slices) {
            all.addTotals(slice.activity());
            seconds += slice.seconds();
        }
        return List.of(
                new ServicePage.Figure(
                        "requests", Figures.count(all.count()), Figures.number(all.count() / seconds) + " /s"),
                new ServicePage.Figure("failed", Figures.count(all.errors()), Figures.percent(all.errorShare())),
                new ServicePage.Figure("p50", Figures.duration(all.quantileMs(0.50)), all.bound(0.50)),
                new ServicePage.Figure("p95", Figures.duration(all.quantileMs(0.95)), all.bound(0.95)),
                new ServicePage.Figure("p99", Figures.duration(all.quantileMs(0.99)), all.bound(0.99)),
                new ServicePage.Figure("cache hits", Figures.percent(all.hitRatio()), ""));
    }

    private static double heap(Slice slice) {
        double mib = Double.NaN;
        for (SeriesData series : slice.reading().series()) {
            if (series.key().is(Metric.JVM_MEMORY_USED)
                    && "heap".equals(series.key().get(Attribute.MEMORY_TYPE))
                    && series.value() instanceof Value.Gauge gauge) {
                mib = (Double.isNaN(mib) ? 0 : mib) + gauge.last() / MIB;
            }
        }
        return mib;
    }

    /** The busiest JVM's. */
    private static double cpu(Slice slice) {
        double most = Double.NaN;
        for (SeriesData series : slice.reading().series()) {
            if (series.key().is(Metric.JVM_CPU_UTILIZATION) && series.value() instanceof Value.Gauge gauge) {
                most = Double.isNaN(most) ? gauge.max() : Math.max(most, gauge.max());
            }
        }
        return most;
    }

    private static double collecting(Slice slice) {
        double seconds = 0;
        for (SeriesData series : slice.reading().series()) {
            // Cycles of ZGC and Shenandoah run beside the application; their pauses are collectors of their own.
            boolean stops = series.key().is(Metric.JVM_GC_DURATION)
                    && !series.key().get(Attribute.GC_NAME, "").endsWith(" Cycles");
            if (stops && series.value() instanceof Value.Distribution pauses) {
                seconds += pauses.histogram().sum();
            }
        }
        return seconds;
    }
}
