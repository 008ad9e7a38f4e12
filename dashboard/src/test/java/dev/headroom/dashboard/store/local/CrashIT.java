package dev.headroom.dashboard.store.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.Point;
import dev.headroom.dashboard.store.Reading;
import dev.headroom.dashboard.store.Selection;
import dev.headroom.dashboard.store.Sender;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.TimeRange;
import dev.headroom.dashboard.store.Value;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the process that writes, again and again: what was answered is there, and nothing is there twice. */
class CrashIT {
    private static final int KILLS = 4;
    private static final int ACKNOWLEDGED_PER_RUN = 30;
    private static final int REPEATED = 5;
    private static final Instant START = Instant.parse("2026-11-21T00:00:00Z");

    @TempDir
    Path directory;

    @Test
    void whatWasAnsweredSurvivesAndNothingIsDoubled() throws Exception {
        long acknowledged = 0;
        for (int run = 0; run < KILLS; run++) {
            acknowledged = writeAndKill(Math.max(1, acknowledged - REPEATED + 1));
        }
        try (MetricStore store = new SqliteMetricStore(directory, Duration.ofDays(1), 1 << 20, () -> START)) {
            Reading reading = store.read(
                    new Selection("crash", Set.of(), new TimeRange(START, START.plus(Duration.ofHours(20))), false));
            long highest = store.instances("crash").get(0).sequence();

            assertThat(highest).isGreaterThanOrEqualTo(acknowledged);
            assertThat(reading.windows()).isEqualTo((int) highest);
            // Window n adds n: the sum shows a lost or doubled one, whichever it is.
            assertThat(reading.series())
                    .singleElement()
                    .extracting(data -> ((Value.Sum) data.value()).amount())
                    .isEqualTo((double) highest * (highest + 1) / 2);
        }
    }

    /** Returns the last number that was answered before the kill. */
    private long writeAndKill(long from) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashIT.class.getName(),
                        directory.toString(),
                        Long.toString(from))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long last = 0;
        try (BufferedReader answers = process.inputReader(StandardCharsets.UTF_8)) {
            long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            for (int i = 0; i < ACKNOWLEDGED_PER_RUN && System.nanoTime() < deadline; ) {
                String line = answers.readLine();
                assertThat(line).as("the writing process ended by itself").isNotNull();
                if (line.startsWith("acknowledged ")) {
                    last = Long.parseLong(line.substring("acknowledged ".length()));
                    i++;
                }
            }
            process.destroyForcibly();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
        return last;
    }

    /** The writing process: numbered windows, one after another, for ever. */
    public static void main(String[] arguments) {
        MetricStore store =
                new SqliteMetricStore(Path.of(arguments[0]), Duration.ofDays(1), 1 << 20, InstantSource.fixed(START));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Sender sender = new Sender("crash", "one", Map.of());
        SeriesKey key = new SeriesKey("cache.gets", Map.of("cache", "c"));
        for (long n = Long.parseLong(arguments[1]); ; n++) {
            Instant start = START.plusSeconds(5 * (n - 1));
            store.append(List.of(new Batch(
                    sender,
                    new Batch.Cursor("m", n),
                    start,
                    start.plusSeconds(5),
                    List.of(new Point(key, new Value.Sum(n))))));
            out.println("acknowledged " + n);
        }
    }
}
