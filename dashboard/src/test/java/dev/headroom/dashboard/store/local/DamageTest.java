package dev.headroom.dashboard.store.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.MetricStore.Outcome;
import dev.headroom.dashboard.store.Point;
import dev.headroom.dashboard.store.Selection;
import dev.headroom.dashboard.store.Sender;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.StoreStatus;
import dev.headroom.dashboard.store.TimeRange;
import dev.headroom.dashboard.store.Value;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that were changed behind the store's back: it starts, serves the rest, takes more, and says what it lost. */
class DamageTest {
    private static final Instant T0 = Instant.parse("2026-11-21T10:00:00Z");
    private static final int WINDOWS = 600;
    private static final int GROUP = 20;
    private static final int CASES = 24;

    @TempDir
    Path directory;

    private final MovingClock clock = new MovingClock(T0);

    @Test
    void whateverIsDamagedTheStoreStartsAndNeverShowsAWrongTotal() throws IOException {
        Path whole = directory.resolve("whole");
        try (SqliteMetricStore store = open(whole)) {
            for (int n = 1; n <= WINDOWS; n += GROUP) {
                List<Batch> group = new ArrayList<>();
                for (int each = n; each < n + GROUP; each++) {
                    group.add(batch(each));
                }
                clock.move(Duration.ofSeconds(5 * GROUP));
                store.append(group);
            }
            store.rollUpAll();
            store.append(List.of(batch(WINDOWS + 1)));
        }
        int losses = 0;
        for (int seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            Path copy = copy(whole, directory.resolve("case" + seed));
            List<Path> files = files(copy);
            Path file = files.get(random.nextInt(files.size()));
            String damage = damage(file, random);

            try (SqliteMetricStore store = open(copy)) {
                double total = total(store);
                String what = "seed " + seed + ": " + damage + " of " + file.getFileName();
                boolean said = store.status().events().stream().anyMatch(StoreStatus.Event::loss);
                if (!said) {
                    assertThat(total).as(what).isEqualTo(sumTo(WINDOWS + 1));
                } else {
                    losses++;
                    assertThat(total).as(what).isLessThanOrEqualTo(sumTo(WINDOWS + 1));
                }
                // The newest raw file may be the damaged one: its numbers went with it, and none is taken twice.
                assertThat(store.append(List.of(batch(WINDOWS + 2)))).as(what).containsExactly(new Outcome.Stored());
                assertThat(store.append(List.of(batch(WINDOWS + 2)))).as(what).doesNotContain(new Outcome.Stored());
                store.rollUpAll();
                assertThat(total(store)).as(what).isLessThanOrEqualTo(sumTo(WINDOWS + 2));
            }
        }
        assertThat(losses).as("cases that were noticed").isPositive();
    }

    private static String damage(Path file, Random random) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            switch (random.nextInt(4)) {
                case 0 -> {
                    bytes.write(new byte[100]);
                    return "header zeroed";
                }
                case 1 -> {
                    bytes.setLength(random.nextLong(bytes.length()));
                    return "truncated";
                }
                case 2 -> {
                    long at = random.nextLong(bytes.length() - 16);
                    bytes.seek(at);
                    byte[] noise = new byte[16];
                    random.nextBytes(noise);
                    bytes.write(noise);
                    return "noise at " + at;
                }
                default -> {
                    long at = random.nextLong(bytes.length());
                    bytes.seek(at);
                    int before = bytes.read();
                    bytes.seek(at);
                    bytes.write(before ^ (1 << random.nextInt(8)));
                    return "bit flipped at " + at;
                }
            }
        }
    }

    private SqliteMetricStore open(Path path) {
        return new SqliteMetricStore(path, StoreSettings.defaults(), 1 << 22, clock);
    }

    private static List<Path> files(Path store) throws IOException {
        try (Stream<Path> all = Files.list(store)) {
            return all.filter(file -> file.toString().endsWith(PeriodFile.SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    private static Path copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        List<Path> all;
        try (Stream<Path> list = Files.list(from)) {
            all = new ArrayList<>(list.toList());
        }
        for (Path file : all) {
            Files.copy(file, to.resolve(file.getFileName()));
        }
        return to;
    }

    private static Batch batch(int n) {
        Instant end = T0.plusSeconds(5L * n);
        return new Batch(
                new Sender("shop", "a", Map.of()),
                new Batch.Cursor("m", n),
                end.minusSeconds(5),
                end,
                List.of(new Point(new SeriesKey("cache.gets", Map.of("cache", "c")), new Value.Sum(n))));
    }

    private static double sumTo(long n) {
        return n * (n + 1) / 2.0;
    }

    private static double total(SqliteMetricStore store) {
        return store
                .read(new Selection("shop", Set.of(), new TimeRange(T0, T0.plusSeconds(5L * WINDOWS + 60)), false))
                .series()
                .stream()
                .mapToDouble(data -> ((Value.Sum) data.value()).amount())
                .sum();
    }
}
