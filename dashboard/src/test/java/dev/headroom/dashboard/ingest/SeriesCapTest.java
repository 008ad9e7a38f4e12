package dev.headroom.dashboard.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.Point;
import dev.headroom.dashboard.store.Sender;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeriesCapTest {
    private static final Map<String, String> OVERFLOW = Map.of("otel.metric.overflow", "true");

    private Instant now = Instant.parse("2026-11-21T10:00:00Z");
    private final SeriesCap cap = new SeriesCap(10, 25, 4, () -> now);

    private Batch batch(String service, String metric, int from, int to) {
        List<Point> points = new ArrayList<>();
        for (int i = from; i < to; i++) {
            points.add(new Point(new SeriesKey(metric, Map.of("route", "/" + i, "method", "GET")), new Value.Sum(1)));
        }
        return new Batch(new Sender(service, "i", Map.of()), null, now.minusSeconds(5), now, points);
    }

    private static double sum(Batch batch) {
        return batch.points().stream()
                .mapToDouble(point -> ((Value.Sum) point.value()).amount())
                .sum();
    }

    private SeriesUse use(String service) {
        return cap.use().stream()
                .filter(use -> use.service().equals(service))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void beyondTheLimitDetailIsAddedUpAndNoTotalIsLost() {
        Rejections rejections = new Rejections();
        Batch kept = cap.apply(batch("shop", "calls", 0, 100), rejections);
        assertThat(kept.points()).hasSize(11);
        assertThat(sum(kept)).isEqualTo(100);
        assertThat(kept.points().get(10).key().attributes()).isEqualTo(OVERFLOW);
        assertThat(rejections.total()).isZero();
        assertThat(rejections.message()).contains("90 points kept", "more than 10 series");
        assertThat(use("shop")).isEqualTo(new SeriesUse("shop", 10, 10, 90, "route", 10));
        assertThat(use("shop").near()).isTrue();
    }

    @Test
    void saysNothingOfWhatAServiceWithFewSeriesIsMadeOf() {
        cap.apply(batch("shop", "calls", 0, 4), new Rejections());
        assertThat(use("shop")).isEqualTo(new SeriesUse("shop", 4, 10, 0, null, 0));
        assertThat(use("shop").near()).isFalse();
        cap.apply(batch("shop", "calls", 0, 8), new Rejections());
        assertThat(use("shop").near()).isTrue();
    }

    @Test
    void theLimitForAllHoldsAcrossServices() {
        for (String service : List.of("a", "b", "c")) {
            cap.apply(batch(service, "calls", 0, 10), new Rejections());
        }
        assertThat(cap.use()).extracting(SeriesUse::used).containsExactlyInAnyOrder(10, 10, 5);
    }

    @Test
    void whatWasNotSeenForTwoHoursMakesRoom() {
        cap.apply(batch("shop", "calls", 0, 10), new Rejections());
        now = now.plus(Duration.ofMinutes(61));
        assertThat(cap.apply(batch("shop", "calls", 5, 15), new Rejections()).points())
                .hasSize(6);
        now = now.plus(Duration.ofMinutes(61));
        assertThat(cap.apply(batch("shop", "calls", 10, 15), new Rejections()).points())
                .hasSize(5);
        assertThat(use("shop").used()).isEqualTo(10);
        now = now.plus(Duration.ofHours(3));
        assertThat(use("shop").used()).isEqualTo(5);
        assertThat(use("shop").used()).isEqualTo(5);
    }

    @Test
    void oneMoreServiceIsToBeSentLaterUntilOneIsSilent() {
        for (String service : List.of("a", "b", "c", "d")) {
            cap.apply(batch(service, "calls", 0, 1), new Rejections());
        }
        assertThatThrownBy(() -> cap.apply(batch("e", "calls", 0, 1), new Rejections()))
                .isInstanceOf(OtlpRefusal.class)
                .hasMessageContaining("headroom.ingest.max-services");
        now = now.plus(Duration.ofHours(1));
        cap.use();
        now = now.plus(Duration.ofHours(1));
        assertThat(cap.apply(batch("e", "calls", 0, 1), new Rejections()).points())
                .hasSize(1);
        assertThat(cap.use()).hasSize(1);
    }

    @Test
    void namesOfMetricsAreBoundedToo() {
        Rejections rejections = new Rejections();
        for (int i = 0; i < 3_000; i++) {
            cap.apply(batch("shop", "metric." + i, 0, 1), rejections);
        }
        assertThat(rejections.total()).isEqualTo(2_000);
        assertThat(rejections.message()).contains("new metrics of a service that has more than 10 series already");
    }
}
