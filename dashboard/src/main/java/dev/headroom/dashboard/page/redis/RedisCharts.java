package dev.headroom.dashboard.page.redis;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.page.Figures;
import dev.headroom.dashboard.page.Frame;
import dev.headroom.dashboard.page.LineChart;
import dev.headroom.dashboard.page.TimeSteps;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.Reading;
import dev.headroom.dashboard.store.Selection;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/** A Redis server over time. Thread-safe; blocks on the store. */
@Component
final class RedisCharts {
    private static final int SLICES = 60;
    private static final Set<String> METRICS = Set.of(
            Metric.REDIS_MEMORY_USED.metricName(),
            Metric.REDIS_MEMORY_MAX.metricName(),
            Metric.REDIS_EVICTED.metricName(),
            Metric.REDIS_EXPIRED.metricName(),
            Metric.REDIS_HITS.metricName(),
            Metric.REDIS_MISSES.metricName(),
            Metric.REDIS_KEYS.metricName(),
            Metric.REDIS_KEYS_ENDLESS.metricName(),
            Metric.REDIS_CLIENTS.metricName(),
            Metric.REDIS_PING.metricName());

    private final MetricStore store;

    RedisCharts(MetricStore store) {
        this.store = store;
    }

    /** Empty when nothing of it was stored in this time. */
    List<LineChart> draw(Frame frame, String service) {
        TimeSteps steps = TimeSteps.of(frame, SLICES);
        List<Reading> slices = store.slices(new Selection(service, METRICS, steps.range(), false), steps.step());
        if (slices.stream().allMatch(slice -> slice.series().isEmpty())) {
            return List.of();
        }
        Drawing drawing = new Drawing(frame, slices);
        return List.of(
                drawing.chart(
                        "Memory",
                        Figures::bytes,
                        drawing.line("used", slice -> gauge(slice, Metric.REDIS_MEMORY_USED)),
                        drawing.line("limit", slice -> orNone(gauge(slice, Metric.REDIS_MEMORY_MAX)))),
                drawing.chart(
                        "Keys that went",
                        value -> Figures.number(value) + " /s",
                        drawing.line("evicted", slice -> perSecond(slice, Metric.REDIS_EVICTED)),
                        drawing.line("expired", slice -> perSecond(slice, Metric.REDIS_EXPIRED))),
                drawing.chart(
                        "Keys",
                        Figures::number,
                        drawing.line("all", slice -> gauge(slice, Metric.REDIS_KEYS)),
                        drawing.line("without a lifetime", slice -> gauge(slice, Metric.REDIS_KEYS_ENDLESS))),
                drawing.chart("Hit ratio of all clients", Figures::percent, drawing.line("hits", RedisCharts::hits)),
                drawing.chart(
                        "PING", Figures::duration, drawing.line("p95", slice -> quantileMs(slice, Metric.REDIS_PING))),
                drawing.chart(
                        "Clients",
                        Figures::number,
                        drawing.line("connected", slice -> gauge(slice, Metric.REDIS_CLIENTS))));
    }

    private record Drawing(Frame frame, List<Reading> slices) {
        LineChart.Series line(String name, ToDoubleFunction<Reading> value) {
            return new LineChart.Series(
                    name, slices.stream().mapToDouble(value).boxed().toList());
        }

        LineChart chart(String title, DoubleFunction<String> label, LineChart.Series... lines) {
            List<Instant> starts = new ArrayList<>();
            slices.forEach(slice -> starts.add(slice.range().from()));
            starts.add(slices.get(slices.size() - 1).range().to());
            return LineChart.of(frame, title, starts, List.of(lines), label);
        }
    }

    /** The newest; NaN where nothing was read. */
    private static double gauge(Reading slice, Metric metric) {
        for (SeriesData series : slice.series()) {
            if (series.key().is(metric) && series.value() instanceof Value.Gauge gauge) {
                return gauge.last();
            }
        }
        return Double.NaN;
    }

    /** A server without a limit says 0. */
    private static double orNone(double limit) {
        return limit == 0 ? Double.NaN : limit;
    }

    private static double sum(Reading slice, Metric metric) {
        for (SeriesData series : slice.series()) {
            if (series.key().is(metric) && series.value() instanceof Value.Sum sum) {
                return sum.amount();
            }
        }
        return Double.NaN;
    }

    private static double perSecond(Reading slice, Metric metric) {
        return sum(slice, metric) / slice.range().seconds();
    }

    private static double hits(Reading slice) {
        double hits = sum(slice, Metric.REDIS_HITS);
        double lookups = hits + sum(slice, Metric.REDIS_MISSES);
        return lookups == 0 ? Double.NaN : hits / lookups;
    }

    private static double quantileMs(Reading slice, Metric metric) {
        for (SeriesData series : slice.series()) {
            if (series.key().is(metric)
                    && series.value() instanceof Value.Distribution times
                    && times.histogram().count() > 0) {
                return 1000 * times.histogram().quantile(0.95);
            }
        }
        return Double.NaN;
    }
}
