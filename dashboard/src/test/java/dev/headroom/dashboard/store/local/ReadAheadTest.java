package dev.headroom.dashboard.store.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.Point;
import dev.headroom.dashboard.store.RightOfWay;
import dev.headroom.dashboard.store.Selection;
import dev.headroom.dashboard.store.Sender;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.TimeRange;
import dev.headroom.dashboard.store.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadAheadTest {
    private static final Instant BEGIN = Instant.parse("2026-11-20T12:00:00Z");
    private static final String GETS = "cache.gets";
    private static final int HOURS = 26;

    @TempDir
    Path directory;

    private final MovingClock clock = new MovingClock(BEGIN);

    @Test
    void everyServiceIsReadOnceAndAgainAfterHalfAnHour() {
        try (SqliteMetricStore store = filled(64 << 20);
                ReadAhead ahead = new ReadAhead(store, new RightOfWay(), clock)) {
            assertThat(ahead.next()).as("nobody has looked at anything").isFalse();
            double before = total(store, "cart");
            assertThat(store.halfHours().asked()).containsExactly(new HalfHours.Wanted(GETS, null));
            assertThat(store.halfHours().bytes("shop")).isZero();

            assertThat(List.of(ahead.next(), ahead.next(), ahead.next())).containsExactly(true, true, false);
            assertThat(store.halfHours().bytes("shop")).isPositive();
            assertThat(total(store, "shop")).isEqualTo(before).isEqualTo(24 * 6);

            clock.move(Duration.ofMinutes(30));
            assertThat(List.of(ahead.next(), ahead.next(), ahead.next())).containsExactly(true, true, false);
        }
    }

    @Test
    void whatSomebodyLookedAtIsNotPushedOut() {
        try (SqliteMetricStore store = filled(1_000);
                ReadAhead ahead = new ReadAhead(store, new RightOfWay(), clock)) {
            assertThat(total(store, "cart")).isEqualTo(24 * 6);
            assertThat(ahead.next()).isFalse();
        }
    }

    /** From ten minutes past on, a page's day begins half an hour later; it was read before that. */
    @Test
    void theNextBeginningIsReadBeforePagesBeginThere() {
        try (SqliteMetricStore store = filled(64 << 20);
                ReadAhead ahead = new ReadAhead(store, new RightOfWay(), clock)) {
            total(store, "shop");
            clock.move(Duration.ofMinutes(12));
            assertThat(List.of(ahead.next(), ahead.next(), ahead.next())).containsExactly(true, true, false);
            long kept = store.halfHours().bytes("shop");
            assertThat(total(store, "shop", Duration.ofMinutes(30))).isEqualTo((24 * 6) - 3);
            assertThat(store.halfHours().bytes("shop"))
                    .as("what pages need was kept")
                    .isEqualTo(kept);
        }
    }

    private SqliteMetricStore filled(long memoryBytes) {
        SqliteMetricStore store = new SqliteMetricStore(directory, Duration.ofDays(7), memoryBytes, clock);
        for (int window = 1; window <= HOURS * 6; window++) {
            Instant start = clock.instant();
            clock.move(Duration.ofMinutes(10));
            List<Batch> batches = new ArrayList<>();
            for (String service : List.of("cart", "shop")) {
                batches.add(new Batch(
                        new Sender(service, "one", Map.of()),
                        new Batch.Cursor("m", window),
                        start,
                        clock.instant(),
                        List.of(new Point(new SeriesKey(GETS, Map.of("cache", "c")), new Value.Sum(1)))));
            }
            store.append(batches);
        }
        clock.move(Duration.ofMinutes(15));
        store.rollUpAll();
        return store;
    }

    private double total(SqliteMetricStore store, String service) {
        return total(store, service, Duration.ZERO);
    }

    private double total(SqliteMetricStore store, String service, Duration later) {
        Instant end = BEGIN.plus(Duration.ofHours(HOURS));
        TimeRange day = new TimeRange(end.minus(Duration.ofHours(24)).plus(later), end);
        return store.read(new Selection(service, Set.of(GETS), day, false)).series().stream()
                .mapToDouble(series -> ((Value.Sum) series.value()).amount())
                .sum();
    }
}
