package dev.headroom.dashboard.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.Point;
import dev.headroom.dashboard.store.Sender;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.Value;
import dev.headroom.histogram.ExponentialHistogram;
import dev.headroom.histogram.LimitCounts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveServiceTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final LiveService shop = new LiveService("shop");

    /** Requests of a tenth of a second, within the window that ends so many seconds after noon. */
    private void window(String instance, int end, int seconds, int requests) {
        ExponentialHistogram durations = new ExponentialHistogram();
        for (int i = 0; i < requests; i++) {
            durations.record(0.1);
        }
        SeriesKey key = new SeriesKey(
                Metric.HTTP_SERVER_DURATION.metricName(), Map.of("http.request.method", "GET", "http.route", "/"));
        Sender sender = new Sender("shop", instance, Map.of());
        Instant at = NOON.plusSeconds(end);
        List<Point> points = List.of(new Point(key, new Value.Distribution(durations.snapshot(), LimitCounts.NONE, 0)));
        shop.add(new Batch(sender, new Batch.Cursor("m", end), at.minusSeconds(seconds), at, points), true);
    }

    @Test
    void tellsOfFiveSecondsWhateverTheLengthOfTheWindows() {
        window("a", 5, 5, 50);
        assertThat(shop.tile().rate()).isEqualTo("10");
        for (int end = 6; end <= 9; end++) {
            window("a", end, 1, 20);
        }
        assertThat(shop.tile().rate())
                .as("the window of five seconds and four of one")
                .isEqualTo("14.4");
        window("a", 10, 1, 20);
        assertThat(shop.tile().rate()).isEqualTo("20");
        assertThat(shop.end()).isEqualTo(NOON.plusSeconds(10));
    }

    @Test
    void addsUpJvmsOfDifferentPace() {
        window("a", 10, 1, 4);
        window("b", 10, 5, 30);
        assertThat(shop.tile().rate()).isEqualTo("10");
    }

    @Test
    void itsLinesHaveAPointForEveryFiveSeconds() {
        window("a", 5, 5, 5);
        String five = shop.tile().rateLine();
        for (int end = 6; end <= 10; end++) {
            window("a", end, 1, 1);
            shop.tile();
        }
        assertThat(points(shop.tile().rateLine())).isEqualTo(points(five) + 1);
    }

    private static long points(String path) {
        return path.chars().filter(c -> c == 'L' || c == 'M').count();
    }
}
