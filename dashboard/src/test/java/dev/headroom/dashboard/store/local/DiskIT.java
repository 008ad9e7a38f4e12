package dev.headroom.dashboard.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.MetricStore.Outcome;
import dev.headroom.dashboard.store.Point;
import dev.headroom.dashboard.store.Selection;
import dev.headroom.dashboard.store.Sender;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.StoreOverloadedException;
import dev.headroom.dashboard.store.StoreStatus;
import dev.headroom.dashboard.store.StoreUnusableException;
import dev.headroom.dashboard.store.TimeRange;
import dev.headroom.dashboard.store.Value;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store on disks that really are full or read-only: small file systems, mounted for the test. */
class DiskIT {
    private static final Sender SENDER = new Sender("shop", "a", Map.of());
    private static final SeriesKey KEY = new SeriesKey("cache.gets", Map.of("cache", "c"));
    private static final long RESERVE = 4L << 20;

    @TempDir
    Path directory;

    private Path disk;
    private Instant start;
    private boolean mounted;
    private long stored;

    @BeforeEach
    void makeDirectory() throws IOException {
        disk = Files.createDirectories(directory.resolve("disk"));
        start = Instant.now().minusSeconds(7_200);
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            assertThat(run("umount", disk.toString())).isZero();
        }
    }

    @Test
    void aFullDiskIsRefusedReadOnAndUsedAgainWithoutARestart() throws Exception {
        mounted = run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk.toString()) == 0;
        if (!mounted) {
            notRun("full disk: needs to mount a tmpfs, as root");
            return;
        }
        Path ballast = disk.resolve("ballast");
        try (SqliteMetricStore store = open()) {
            append(store, 20);
            fill(ballast);

            assertThatThrownBy(() -> append(store, 100_000))
                    .isInstanceOfAny(StoreOverloadedException.class, StoreUnusableException.class);
            await(() -> store.refusal() != null, "the store says that it takes nothing");
            assertThat(store.refusal()).contains("is full");
            assertThatThrownBy(() -> append(store, 1)).isInstanceOf(StoreOverloadedException.class);
            assertThat(total(store)).as("what was answered").isEqualTo(sumTo(stored));
            assertThat(store.status().events())
                    .extracting(StoreStatus.Event::kind)
                    .contains(StoreStatus.Kind.REFUSED);

            Files.delete(ballast);
            await(() -> store.refusal() == null, "there is room again");
            append(store, 20);
            store.rollUpAll();
            assertThat(total(store)).isEqualTo(sumTo(stored));
        }
        try (SqliteMetricStore store = open()) {
            assertThat(total(store)).as("after a restart").isEqualTo(sumTo(stored));
        }
    }

    @Test
    void aDiskThatBecomesReadOnlyIsReadOnAndUsedAgainAfterwards() throws Exception {
        Path image = directory.resolve("image");
        boolean made = run("truncate", "-s", "48M", image.toString()) == 0
                && run("mkfs.ext4", "-q", "-F", image.toString()) == 0;
        mounted = made && run("mount", "-o", "loop,errors=remount-ro", image.toString(), disk.toString()) == 0;
        if (!mounted) {
            notRun("read-only disk: needs mkfs.ext4 and to mount a loop device, as root");
            return;
        }
        SqliteMetricStore store = open();
        try {
            append(store, 30);
            store.rollUpAll();
            append(store, 10);
            makeReadOnly();

            assertThatThrownBy(() -> append(store, 1))
                    .isInstanceOfAny(StoreOverloadedException.class, StoreUnusableException.class);
            assertThat(total(store)).as("what was answered").isEqualTo(sumTo(stored));
            assertThat(store.status().tiers()).isNotEmpty();
        } finally {
            store.close();
        }
        assertThat(run("umount", disk.toString())).isZero();
        mounted = false;
        assertThat(run("e2fsck", "-p", "-f", image.toString())).isLessThan(4);
        mounted = run("mount", "-o", "loop", image.toString(), disk.toString()) == 0;
        assertThat(mounted).isTrue();
        try (SqliteMetricStore again = open()) {
            assertThat(total(again)).as("after the disk was repaired").isEqualTo(sumTo(stored));
            append(again, 5);
            assertThat(total(again)).isEqualTo(sumTo(stored));
        }
    }

    /** As the kernel does when it finds the file system damaged. */
    private void makeReadOnly() throws Exception {
        Process find = new ProcessBuilder("findmnt", "-n", "-o", "SOURCE", disk.toString()).start();
        String device = new String(find.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        Path trigger = Path.of("/sys/fs/ext4", device.substring("/dev/".length()), "trigger_fs_error");
        Files.writeString(trigger, "1");
        await(() -> !writable(), "the kernel has made the disk read-only");
    }

    private boolean writable() {
        Path probe = disk.resolve("probe");
        try {
            Files.writeString(probe, "");
            Files.delete(probe);
            return true;
        } catch (IOException readOnly) {
            return false;
        }
    }

    private static void fill(Path ballast) throws IOException {
        byte[] block = new byte[4_096];
        try (OutputStream out = Files.newOutputStream(ballast, StandardOpenOption.CREATE)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private SqliteMetricStore open() {
        StoreSettings settings = new StoreSettings(StoreSettings.defaults().keep(), 1L << 30, RESERVE);
        return new SqliteMetricStore(disk, settings, 1 << 22, InstantSource.system());
    }

    private void append(SqliteMetricStore store, int batches) {
        for (int i = 0; i < batches; i++) {
            long n = stored + 1;
            Instant end = start.plusSeconds(5 * (n % 1_000 + 1));
            assertThat(store.append(List.of(new Batch(
                            SENDER,
                            new Batch.Cursor("m", n),
                            end.minusSeconds(5),
                            end,
                            List.of(new Point(KEY, new Value.Sum(n)))))))
                    .containsExactly(new Outcome.Stored());
            stored = n;
        }
    }

    private static double sumTo(long n) {
        return n * (n + 1) / 2.0;
    }

    private double total(SqliteMetricStore store) {
        return store
                .read(new Selection("shop", Set.of(), new TimeRange(start.minusSeconds(60), Instant.now()), false))
                .series()
                .stream()
                .mapToDouble(data -> ((Value.Sum) data.value()).amount())
                .sum();
    }

    private static void await(BooleanSupplier condition, String what) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(condition.getAsBoolean()).as(what).isTrue();
    }

    /** The exit code; not 0 either when there is no such program. */
    private static int run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(30, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } catch (IOException absent) {
            return -1;
        }
    }

    /** The build prints it last. Where the tests are root, as in CI, it is a failure. */
    private static void notRun(String line) throws IOException {
        Files.writeString(
                Path.of("target/not-run.txt"), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        assertThat(System.getProperty("user.name"))
                .as("root can mount; set HEADROOM_NO_MOUNTS where it cannot")
                .matches(name -> !name.equals("root") || System.getenv("HEADROOM_NO_MOUNTS") != null);
    }
}
