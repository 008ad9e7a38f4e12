package dev.headroom.dashboard.store.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.DashboardApplication;
import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.MetricStore.Outcome;
import dev.headroom.dashboard.store.Point;
import dev.headroom.dashboard.store.Selection;
import dev.headroom.dashboard.store.Sender;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.TimeRange;
import dev.headroom.dashboard.store.Value;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backup and restore as a user starts them, the backup while the store is written and rolled up. */
class BackupIT {
    private final Instant start = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(5));
    private static final Sender SENDER = new Sender("shop", "a", Map.of());
    private static final SeriesKey KEY = new SeriesKey("cache.gets", Map.of("cache", "c"));

    private record Ended(int code, String output) {}

    @TempDir
    Path directory;

    private final AtomicLong acknowledged = new AtomicLong();

    @Test
    void aBackupUnderLoadIsRestoredToTheUnit() throws Exception {
        Path store = directory.resolve("store");
        Path backup = directory.resolve("backup");
        Path restored = directory.resolve("restored");
        long before;
        try (SqliteMetricStore running = open(store)) {
            AtomicBoolean writing = new AtomicBoolean(true);
            Thread writer = new Thread(() -> write(running, writing));
            Thread roller = new Thread(() -> {
                while (writing.get()) {
                    running.rollUp(3);
                }
            });
            writer.start();
            roller.start();
            awaitAcknowledged(60);
            before = acknowledged.get();
            Ended ended = run("backup", store, backup);
            assertThat(ended.code).as(ended.output).isZero();
            assertThat(ended.output).contains("Backup of " + store);
            long after = acknowledged.get();
            awaitAcknowledged(after + 20);
            writing.set(false);
            writer.join();
            roller.join();
            assertThat(total(running)).isEqualTo(sumTo(acknowledged.get()));
        }

        Ended ended = run("restore", backup, restored);
        assertThat(ended.code).as(ended.output).isZero();

        try (SqliteMetricStore again = open(restored)) {
            long highest = again.instances("shop").get(0).sequence();
            assertThat(highest).isBetween(before, acknowledged.get());
            assertThat(total(again))
                    .as("cursor and measurements are of one moment")
                    .isEqualTo(sumTo(highest));
            again.rollUpAll();
            assertThat(total(again)).as("rolled up again").isEqualTo(sumTo(highest));
            assertThat(again.append(List.of(batch(highest)))).containsExactly(new Outcome.Duplicate(highest));
            for (long n = highest + 1; n <= highest + 30; n++) {
                again.append(List.of(batch(n)));
            }
            again.rollUpAll();
            assertThat(total(again)).isEqualTo(sumTo(highest + 30));
            Ended refused = run("restore", backup, restored);
            assertThat(refused.code).isEqualTo(1);
            assertThat(refused.output).contains("is not empty").contains("name a new directory");
        }
    }

    @Test
    void saysWhatIsWrong() throws Exception {
        Path store = directory.resolve("store");
        Path backup = directory.resolve("backup");
        try (SqliteMetricStore running = open(store)) {
            running.append(List.of(batch(1)));
        }
        assertThat(run("backup", directory.resolve("nowhere"), backup).output).contains("holds no store");
        assertThat(run("restore", store, directory.resolve("other")).output).contains("is no backup");
        assertThat(run("backup", store).code).isEqualTo(64);
        assertThat(run("backup", store, backup).code).isZero();
        assertThat(run("backup", store, backup).output).contains("is not empty");

        try (Stream<Path> files = Files.list(backup)) {
            flip(files.filter(file -> file.toString().contains("raw-"))
                    .findFirst()
                    .orElseThrow());
        }
        Ended damaged = run("restore", backup, directory.resolve("restored"));
        assertThat(damaged.code).isEqualTo(1);
        assertThat(damaged.output)
                .contains("raw-")
                .contains("is not what was written")
                .contains("Use another backup");
    }

    private static void flip(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(bytes.length() / 2);
            int value = bytes.read();
            bytes.seek(bytes.length() / 2);
            bytes.write(value ^ 4);
        }
    }

    private static SqliteMetricStore open(Path store) {
        return new SqliteMetricStore(store, StoreSettings.defaults(), 1 << 24, InstantSource.system());
    }

    private void write(SqliteMetricStore store, AtomicBoolean writing) {
        while (writing.get()) {
            long n = acknowledged.get() + 1;
            store.append(List.of(batch(n)));
            acknowledged.set(n);
        }
    }

    private void awaitAcknowledged(long wanted) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (acknowledged.get() < wanted && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(acknowledged.get()).isGreaterThanOrEqualTo(wanted);
    }

    private Batch batch(long n) {
        Instant end = start.plusSeconds(5 * n);
        return new Batch(
                SENDER, new Batch.Cursor("m", n), end.minusSeconds(5), end, List.of(new Point(KEY, new Value.Sum(n))));
    }

    private static double sumTo(long n) {
        return n * (n + 1) / 2.0;
    }

    private double total(SqliteMetricStore store) {
        List<SeriesData> series = store.read(
                        new Selection("shop", Set.of(), new TimeRange(start, start.plus(Duration.ofHours(5))), false))
                .series();
        return series.stream()
                .mapToDouble(data -> ((Value.Sum) data.value()).amount())
                .sum();
    }

    private static Ended run(Object... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                DashboardApplication.class.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), output);
    }
}
