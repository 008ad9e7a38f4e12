package dev.headroom.dashboard.page.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.page.Activity;
import dev.headroom.dashboard.page.Frame;
import dev.headroom.dashboard.page.StackedChart;
import dev.headroom.dashboard.store.Reading;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.TimeRange;
import dev.headroom.dashboard.store.Value;
import dev.headroom.histogram.ExponentialHistogram;
import dev.headroom.histogram.LimitCounts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceChartsTest {
    private static final Instant FROM = Instant.parse("2026-11-21T14:00:00Z");
    private static final TimeRange RANGE = new TimeRange(FROM, FROM.plusSeconds(20));

    @Test
    void callsOutsideOfRequestsAreNoPartOfOneWhereAgentsCountTheParts() {
        SeriesData requests = timed(Metric.HTTP_SERVER_DURATION, Map.of("http.request.method", "GET"), 10, 0.1);
        SeriesData scheduled = timed(Metric.DB_DURATION, Map.of("db.system.name", "postgresql"), 40, 0.02);
        SeriesData db = timed(Metric.REQUEST_TIME, Map.of("headroom.request.part", "db"), 10, 0.03);
        SeriesData own = timed(Metric.REQUEST_TIME, Map.of("headroom.request.part", "own"), 10, 0.07);

        StackedChart counted = time(slice(0, requests, scheduled, db, own), slice(10));
        assertThat(counted.axes().slots().get(0).hint()).contains("all 100 ms\ndatabase 30.0 ms\nown code 70.0 ms");
        assertThat(counted.axes().slots().get(1).hint()).contains("no data");
        assertThat(counted.note()).contains("counted in every one");

        StackedChart summed = time(slice(0, requests, scheduled, db, own), slice(10, requests, scheduled));
        assertThat(summed.axes().slots().get(1).hint()).contains("all 100 ms\ndatabase 80.0 ms\nown code 20.0 ms");
        assertThat(summed.note()).contains("Calls of scheduled work");
    }

    private static StackedChart time(ServiceCharts.Slice... slices) {
        StackedChart chart = ServiceCharts.time(
                "shop", frame(), List.of(slices), List.of(FROM, FROM.plusSeconds(10), FROM.plusSeconds(20)));
        assertThat(chart).isNotNull();
        return chart;
    }

    private static ServiceCharts.Slice slice(int second, SeriesData... series) {
        Activity activity = new Activity();
        for (SeriesData one : series) {
            activity.addTotals(one.key(), one.value());
        }
        TimeRange range = new TimeRange(FROM.plusSeconds(second), FROM.plusSeconds(second + 10));
        return new ServiceCharts.Slice(new Reading(range, List.of(series), 1), activity);
    }

    private static SeriesData timed(Metric metric, Map<String, String> attributes, int calls, double seconds) {
        ExponentialHistogram histogram = new ExponentialHistogram();
        for (int i = 0; i < calls; i++) {
            histogram.record(seconds);
        }
        return new SeriesData(
                new SeriesKey(metric.metricName(), attributes),
                null,
                new Value.Distribution(histogram.snapshot(), LimitCounts.NONE, 0));
    }

    private static Frame frame() {
        return new Frame(
                "/services/shop",
                Map.of(),
                "shop",
                List.of("shop"),
                null,
                List.of(),
                RANGE,
                null,
                null,
                false,
                RANGE.to(),
                null,
                1,
                1,
                null,
                null);
    }
}
