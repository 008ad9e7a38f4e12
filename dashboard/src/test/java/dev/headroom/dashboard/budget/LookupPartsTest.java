package dev.headroom.dashboard.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.Point;
import dev.headroom.dashboard.store.Sender;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.TimeRange;
import dev.headroom.dashboard.store.Value;
import dev.headroom.dashboard.store.local.SqliteMetricStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A window in which a JVM was young is read JVM by JVM at first and as the sum of all then: each call counts once all the same. */
class LookupPartsTest {
    private static final Instant BEGIN = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration WARMUP = Duration.ofSeconds(60);
    private static final int WINDOW_SECONDS = 5;
    private static final int SECONDS = 900;
    private static final String GETS = "cache.gets";

    @TempDir
    Path directory;

    private Instant now = BEGIN;

    @ParameterizedTest
    @CsvSource({
        // seconds from the begin: second JVM starts, range from, range to
        "0, 0, 900",
        "300, 0, 900",
        "300, 330, 900",
        "300, 330, 800",
        "300, 100, 340",
        "300, 400, 900",
        "870, 300, 900"
    })
    void everyCallOfAWarmJvmCountsOnce(int second, int from, int to) {
        try (SqliteMetricStore store = filled(second)) {
            TimeRange range = new TimeRange(BEGIN.plusSeconds(from), BEGIN.plusSeconds(to));
            Lookup lookup = new Lookup(store, "shop", range.to(), Set.of(GETS), Set.of(), Set.of(), new WarmingParts());

            List<Lookup.Part> parts = lookup.parts(range, WARMUP, false, 1_000);

            assertThat(parts.stream()
                            .flatMap(part -> part.sightings().stream())
                            .mapToDouble(each -> ((Value.Sum) each.value()).amount())
                            .sum())
                    .isEqualTo(calls(0, from, to, 1) + calls(second, from, to, 1_000));
            assertThat(parts.stream().mapToDouble(Lookup.Part::seconds).sum()).isEqualTo(to - from);
        }
    }

    /** What a JVM did in the range once it was warm, at so many calls a window. */
    private static double calls(int started, int from, int to, int perWindow) {
        // Its first report is at the end of its first window; slices begin at whole tens.
        long warm = (started + WINDOW_SECONDS + WARMUP.toSeconds() + 9) / 10 * 10;
        double calls = 0;
        for (long start = started; start < SECONDS; start += WINDOW_SECONDS) {
            calls += start >= Math.max(warm, from) && start + WINDOW_SECONDS <= to ? perWindow : 0;
        }
        return calls;
    }

    private SqliteMetricStore filled(int second) {
        SqliteMetricStore store = new SqliteMetricStore(directory, Duration.ofDays(1), 1 << 24, () -> now);
        for (int at = 0; at < SECONDS; at += WINDOW_SECONDS) {
            now = BEGIN.plusSeconds(at + WINDOW_SECONDS);
            List<Batch> batches = new ArrayList<>(List.of(batch("one", at, at, 1)));
            if (at >= second) {
                batches.add(batch("two", at - second, at, 1_000));
            }
            store.append(batches);
        }
        return store;
    }

    private static Batch batch(String instance, int age, int at, double calls) {
        Instant start = BEGIN.plusSeconds(at);
        return new Batch(
                new Sender("shop", instance, Map.of()),
                new Batch.Cursor("m", age / WINDOW_SECONDS + 1),
                start,
                start.plusSeconds(WINDOW_SECONDS),
                List.of(new Point(new SeriesKey(GETS, Map.of("cache", "c")), new Value.Sum(calls))));
    }
}
