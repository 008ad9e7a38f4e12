package dev.headroom.dashboard.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.operations.Coverage.Subject;
import dev.headroom.dashboard.store.Instance;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.Value;
import dev.headroom.histogram.ExponentialHistogram;
import dev.headroom.histogram.LimitCounts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CoverageTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instance HEADROOM = sender(Map.of("telemetry.distro.name", "headroom"));
    private static final Instance AGENT = sender(Map.of("telemetry.distro.name", "opentelemetry-java-instrumentation"));
    private static final Instance MICROMETER = sender(Map.of("telemetry.sdk.name", "io.micrometer"));
    private static final Instance OTHER = sender(Map.of("telemetry.sdk.language", "go"));

    @Test
    void anAgentOfOursThatIsSilentHasNothingToReport() {
        for (Subject subject : Subject.values()) {
            assertThat(Coverage.of(subject, List.of(), List.of(HEADROOM)))
                    .isEqualTo(new Coverage(subject, false, List.of()));
        }
    }

    @Test
    void whatASenderNeverTellsIsSaidWithItsReason() {
        assertThat(notes(Subject.QUERIES, AGENT)).singleElement().asString().contains("opt-in=database");
        assertThat(notes(Subject.QUERIES, MICROMETER))
                .singleElement()
                .asString()
                .contains("jdbc.query");
        assertThat(notes(Subject.CACHES, OTHER)).singleElement().asString().contains("no cache lookups");
        assertThat(Coverage.of(Subject.CACHES, List.of(), List.of(HEADROOM, AGENT, MICROMETER))
                        .notes())
                .hasSize(2);
    }

    @Test
    void statementsWithoutTextSpansAndFixedBucketsAreSaid() {
        SeriesData summary = series(Metric.DB_DURATION, Map.of("db.query.summary", "SELECT pet"), 0);
        assertThat(Coverage.of(Subject.QUERIES, List.of(summary), List.of(OTHER)))
                .satisfies(coverage -> assertThat(coverage.reported()).isTrue())
                .extracting(coverage -> coverage.notes().get(0))
                .asString()
                .contains("No statement texts");
        SeriesData span = series(Metric.HTTP_SERVER_DURATION, Map.of("headroom.source", "sampled spans"), 0);
        assertThat(Coverage.of(Subject.ROUTES, List.of(span), List.of(OTHER)).notes())
                .containsExactly("Counted from spans, sampled: the true counts are higher.");
        SeriesData coarse = series(Metric.HTTP_SERVER_DURATION, Map.of(), 0.5);
        assertThat(Coverage.of(Subject.ROUTES, List.of(coarse), List.of(OTHER)).notes())
                .singleElement()
                .asString()
                .contains("fixed buckets");
    }

    @Test
    void onlySendersOfTheTimeCount() {
        assertThat(Coverage.within(List.of(OTHER), NOW.minusSeconds(10), NOW.plusSeconds(1)))
                .containsExactly(OTHER);
        assertThat(Coverage.within(List.of(OTHER), NOW.plusSeconds(1), NOW.plusSeconds(2)))
                .isEmpty();
    }

    private static List<String> notes(Subject subject, Instance sender) {
        return Coverage.of(subject, List.of(), List.of(sender)).notes();
    }

    private static SeriesData series(Metric metric, Map<String, String> attributes, double coarseError) {
        ExponentialHistogram histogram = new ExponentialHistogram();
        histogram.record(0.1);
        return new SeriesData(
                new SeriesKey(metric.metricName(), attributes),
                null,
                new Value.Distribution(histogram.snapshot(), LimitCounts.NONE, coarseError));
    }

    private static Instance sender(Map<String, String> resource) {
        return new Instance("shop", "one", resource, NOW.minusSeconds(60), NOW, 0, 0, 0);
    }
}
