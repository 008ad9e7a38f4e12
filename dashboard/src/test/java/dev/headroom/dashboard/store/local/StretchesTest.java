package dev.headroom.dashboard.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.Point;
import dev.headroom.dashboard.store.Reading;
import dev.headroom.dashboard.store.Selection;
import dev.headroom.dashboard.store.Sender;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.TimeRange;
import dev.headroom.dashboard.store.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Long ranges, read from what was kept of them, by all attributes or by some, with all instances or without some. */
class StretchesTest {
    private static final Instant BEGIN = Instant.parse("2026-11-20T12:00:00Z");
    private static final String GETS = "cache.gets";
    private static final String USED = "pool.used";
    private static final List<String> RESULTS = List.of("hit", "miss");
    private static final int TENS = 26 * 6;

    @TempDir
    Path directory;

    private final MovingClock clock = new MovingClock(BEGIN);
    private SqliteMetricStore store;

    @BeforeEach
    void fill() {
        store = new SqliteMetricStore(directory, Duration.ofDays(7), 64 << 20, clock);
        for (int window = 1; window <= TENS; window++) {
            Instant start = clock.instant();
            clock.move(Duration.ofMinutes(10));
            store.append(List.of(batch("a", window, start, 1), batch("b", window, start, 100)));
        }
        clock.move(Duration.ofMinutes(15));
        store.rollUpAll();
    }

    @AfterEach
    void close() {
        store.close();
    }

    /** Two caches with hits and misses: the first cache's gets are {@code amount}, the second's ten times as many. */
    private static Batch batch(String instance, long sequence, Instant start, double amount) {
        List<Point> points = new ArrayList<>();
        for (String result : RESULTS) {
            points.add(gets("first", result, amount));
            points.add(gets("second", result, 10 * amount));
        }
        points.add(new Point(new SeriesKey(USED, Map.of("pool", "p")), Value.Gauge.of(amount)));
        return new Batch(
                new Sender("shop", instance, Map.of()),
                new Batch.Cursor("m", sequence),
                start,
                start.plus(Duration.ofMinutes(10)),
                points);
    }

    private static Point gets(String cache, String result, double amount) {
        return new Point(new SeriesKey(GETS, Map.of("cache", cache, "result", result)), new Value.Sum(amount));
    }

    private static TimeRange hours(int from, int to) {
        return new TimeRange(BEGIN.plus(Duration.ofHours(from)), BEGIN.plus(Duration.ofHours(to)));
    }

    private static Selection of(TimeRange range, boolean perInstance) {
        return new Selection("shop", Set.of(GETS, USED), range, perInstance);
    }

    /** Amounts by all that tells series and instances apart. */
    private static Map<String, Double> sums(Reading reading) {
        Map<String, Double> sums = new HashMap<>();
        for (SeriesData one : reading.series()) {
            if (one.value() instanceof Value.Sum sum) {
                Map<String, String> attributes = one.key().attributes();
                String name = attributes.getOrDefault("cache", "")
                        + attributes.getOrDefault("result", "")
                        + (one.instance() == null ? "" : one.instance());
                sums.merge(name, sum.amount(), Double::sum);
            }
        }
        return sums;
    }

    @Test
    void aStretchThatIsKeptIsWhatItWasReadAs() {
        TimeRange range = hours(1, 25);
        Map<String, Double> first = sums(store.read(of(range, false)));
        assertThat(first)
                .containsEntry("firsthit", 101.0 * 24 * 6)
                .containsEntry("secondmiss", 1010.0 * 24 * 6)
                .hasSize(4);
        long kept = store.halfHours().bytes("shop");
        Reading again = store.read(of(range, false));
        assertThat(sums(again)).isEqualTo(first);
        assertThat(again.windows()).isEqualTo(2 * 24 * 6);
        assertThat(store.halfHours().bytes("shop")).as("nothing was read again").isEqualTo(kept);
    }

    /** A page does not make the whole stretch anew because half an hour is over. */
    @Test
    void aStretchIsReadTogetherWithTheHalfHoursAfterIt() {
        store.read(of(hours(1, 24), false));
        long kept = store.halfHours().bytes("shop");
        Reading longer = store.read(of(hours(1, 25), false));
        assertThat(sums(longer)).containsEntry("firsthit", 101.0 * 24 * 6).hasSize(4);
        assertThat(longer.windows()).isEqualTo(2 * 24 * 6);
        long halves = store.halfHours().bytes("shop") - kept;
        assertThat(halves).as("two half hours").isPositive();

        store.readAhead(of(hours(1, 25), false));
        assertThat(store.halfHours().bytes("shop") - kept)
                .as("and the stretch, read ahead")
                .isGreaterThan(halves);
        assertThat(sums(store.read(of(hours(1, 25), false)))).isEqualTo(sums(longer));
    }

    @Test
    void whatComesLateIsInAStretchThatWasKept() {
        TimeRange range = hours(1, 25);
        store.read(of(range, false));
        store.append(List.of(batch("a", TENS + 1, BEGIN.plus(Duration.ofHours(9)), 1_000)));
        assertThat(sums(store.read(of(range, false))))
                .as("while it is pending")
                .containsEntry("firsthit", 101.0 * 24 * 6 + 1_000);
        clock.move(Duration.ofMinutes(15));
        store.rollUpAll();
        assertThat(sums(store.read(of(range, false))))
                .as("rolled up")
                .containsEntry("firsthit", 101.0 * 24 * 6 + 1_000);
    }

    @Test
    void overTimeHalfHoursStayBesideQuarters() {
        Selection selection = of(hours(0, 24), false).addedUpBy(Set.of("result"));
        store.read(selection);
        List<Reading> slices = store.slices(selection, Duration.ofMinutes(30));
        assertThat(slices)
                .hasSize(48)
                .allSatisfy(slice -> assertThat(sums(slice)).isEqualTo(Map.of("hit", 1111.0 * 3, "miss", 1111.0 * 3)));
        long kept = store.halfHours().bytes("shop");
        store.read(selection);
        assertThat(store.slices(selection, Duration.ofMinutes(30)))
                .extracting(StretchesTest::sums)
                .containsExactlyElementsOf(
                        slices.stream().map(StretchesTest::sums).toList());
        assertThat(store.halfHours().bytes("shop")).as("nothing was read again").isEqualTo(kept);
    }

    @Test
    void seriesAreAddedUpInEveryTierAndGaugesAreNot() {
        store.append(List.of(batch("a", TENS + 1, BEGIN.plus(Duration.ofMinutes(10L * TENS)), 7)));
        for (TimeRange range : List.of(hours(0, 27), new TimeRange(BEGIN, BEGIN.plus(Duration.ofMinutes(70))))) {
            Reading all = store.read(of(range, false));
            Reading folded = store.read(of(range, false).addedUpBy(Set.of("result")));
            assertThat(sums(folded).get("hit"))
                    .isEqualTo(sums(all).get("firsthit") + sums(all).get("secondhit"));
            assertThat(folded.windows()).isEqualTo(all.windows());
            assertThat(folded.series())
                    .filteredOn(one -> one.value() instanceof Value.Gauge)
                    .extracting(SeriesData::instance)
                    .containsExactlyInAnyOrder("a", "b");
        }
    }

    @Test
    void instancesAreLeftOutInEveryTier() {
        store.append(List.of(
                batch("a", TENS + 1, BEGIN.plus(Duration.ofMinutes(10L * TENS)), 7),
                batch("b", TENS + 1, BEGIN.plus(Duration.ofMinutes(10L * TENS)), 7)));
        Reading reading = store.read(of(hours(0, 27), true).leavingOut(Set.of("b")));
        assertThat(sums(reading))
                .isEqualTo(Map.of(
                        "firsthita",
                        TENS + 7.0,
                        "firstmissa",
                        TENS + 7.0,
                        "secondhita",
                        10 * (TENS + 7.0),
                        "secondmissa",
                        10 * (TENS + 7.0)));
        assertThatThrownBy(() -> of(hours(0, 27), false).leavingOut(Set.of("b")))
                .hasMessage("Instances that are added up cannot be left out");
    }
}
