package dev.headroom.dashboard.page.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.example.Example;
import dev.headroom.dashboard.page.Frame;
import dev.headroom.dashboard.page.StackedChart;
import dev.headroom.dashboard.page.TimeSteps;
import dev.headroom.dashboard.store.Reading;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.TimeRange;
import dev.headroom.dashboard.store.Value;
import dev.headroom.histogram.ExponentialHistogram;
import dev.headroom.histogram.LimitCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouteTimeTest {
    private static final Instant FROM = Instant.parse("2026-11-21T14:00:00Z");
    private static final TimeSteps STEPS =
            new TimeSteps(new TimeRange(FROM, FROM.plusSeconds(30)), Duration.ofSeconds(10));

    @Test
    void stacksTheMeanOfTheExamplesOfASliceAndLeavesAGapWithoutAny() {
        StackedChart chart = RouteTime.draw(
                frame(),
                "shop",
                STEPS,
                List.of(example(1, "slow", 10, 90), example(2, "slow", 30, 70), example(25, "slow", 0, 50)));
        assertThat(chart).isNotNull();
        assertThat(chart.bands()).extracting(StackedChart.Band::css).containsExactly("sql", "own");
        assertThat(chart.axes().slots().get(0).hint())
                .isEqualTo("14:00:00\nall 100 ms\ndatabase 20 ms\nown code 80 ms");
        assertThat(chart.axes().slots().get(1).hint()).contains("all no data");
        assertThat(chart.bands().get(0).path())
                .isEqualTo("M0.0 80.0V80.0H333.3V100.0H0.0ZM666.7 100.0V100.0H1000.0V100.0H666.7Z");
        assertThat(chart.note()).contains("3 examples, most of them kept because they were remarkable");
    }

    @Test
    void leavesOutTheRemarkableWhereNormalOnesAreEnough() {
        List<Example> kept = new ArrayList<>(List.of(example(1, "slow", 900, 100)));
        for (int i = 0; i < 5; i++) {
            kept.add(example(i, "normal", 5, 5));
        }
        StackedChart chart = RouteTime.draw(frame(), "shop", STEPS, kept);
        assertThat(chart).isNotNull();
        assertThat(chart.axes().slots().get(0).hint()).contains("all 10 ms");
        assertThat(chart.note()).isEqualTo("The mean of 5 normal examples.");
    }

    @Test
    void drawsNothingWithoutExamples() {
        assertThat(RouteTime.draw(frame(), "shop", STEPS, List.of())).isNull();
    }

    @Test
    void stacksWhatIsCountedInEveryRequest() {
        Reading first = new Reading(
                new TimeRange(FROM, FROM.plusSeconds(10)),
                List.of(part("/pets", "db", 4, 0.02), part("/pets", "own", 8, 0.01), part("/rest", "own", 8, 9)),
                1);
        Reading none = new Reading(new TimeRange(FROM.plusSeconds(10), FROM.plusSeconds(20)), List.of(), 0);
        Reading last = new Reading(new TimeRange(FROM.plusSeconds(20), FROM.plusSeconds(30)), List.of(), 0);
        StackedChart chart = RouteTime.draw(frame(), "shop", STEPS, List.of(first, none, last), "GET /pets");
        assertThat(chart).isNotNull();
        assertThat(chart.axes().slots().get(0).hint()).isEqualTo("14:00:00\nall 20 ms\ndatabase 10 ms\nown code 10 ms");
        assertThat(chart.axes().slots().get(1).hint()).contains("all no data");
        assertThat(chart.note()).isEqualTo("Counted in every request.");
        assertThat(RouteTime.draw(frame(), "shop", STEPS, List.of(none, none, none), "GET /pets"))
                .isNull();
    }

    private static SeriesData part(String route, String part, int requests, double seconds) {
        ExponentialHistogram histogram = new ExponentialHistogram();
        for (int i = 0; i < requests; i++) {
            histogram.record(seconds);
        }
        return new SeriesData(
                new SeriesKey(
                        Metric.REQUEST_TIME.metricName(),
                        Map.of("http.request.method", "GET", "http.route", route, "headroom.request.part", part)),
                null,
                new Value.Distribution(histogram.snapshot(), LimitCounts.NONE, 0));
    }

    private static Frame frame() {
        return new Frame(
                "/routes",
                Map.of(),
                "shop",
                List.of("shop"),
                null,
                List.of(),
                STEPS.range(),
                null,
                null,
                false,
                STEPS.range().to(),
                null,
                1,
                1,
                null,
                null);
    }

    private static Example example(int second, String reason, double dbMs, double ownMs) {
        return new Example(
                "e" + second,
                "shop",
                "a1",
                FROM.plusSeconds(second),
                Example.REQUEST,
                reason,
                "GET",
                "/pets",
                200,
                null,
                null,
                null,
                null,
                dbMs + ownMs,
                new Example.Split(dbMs, 0, 0, 0, ownMs),
                null,
                List.of(),
                List.of(),
                0,
                null);
    }
}
