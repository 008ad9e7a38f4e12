package dev.headroom.dashboard.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.MetricStoreContract;
import dev.headroom.dashboard.store.StoreUnusableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteMetricStoreTest extends MetricStoreContract {
    @TempDir
    Path directory;

    private MovingClock clock = new MovingClock(T0.plusSeconds(10));

    @Override
    protected MetricStore open() {
        return open(directory, clock);
    }

    private static MetricStore open(Path directory, InstantSource clock) {
        return new SqliteMetricStore(directory, Duration.ofHours(24), 1 << 20, clock);
    }

    @Test
    void refusesAStoreInUse() {
        assertThatThrownBy(() -> open(directory, clock).close())
                .isInstanceOf(StoreUnusableException.class)
                .hasMessageContaining("in use by another dashboard")
                .hasMessageContaining("headroom.store.path");
    }

    @Test
    void namesAFileThatIsNoStore() throws IOException {
        Path other = directory.resolve("other");
        Files.createDirectories(other);
        Files.writeString(
                other.resolve(StoreFile.FILE_NAME),
                "this is not a database, but long enough to be taken for one ".repeat(400));

        assertThatThrownBy(() -> open(other, clock).close())
                .isInstanceOf(StoreUnusableException.class)
                .hasMessageContaining(other.resolve(StoreFile.FILE_NAME).toString())
                .hasMessageContaining("move it away");
    }

    @Test
    void namesADirectoryThatCannotBeMade() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThatThrownBy(() -> open(file.resolve("below"), clock).close())
                .isInstanceOf(StoreUnusableException.class)
                .hasMessageContaining("HEADROOM_STORE_PATH");
    }

    @Test
    void theLockIsFreeAfterAFailedOpen() throws IOException {
        Path other = directory.resolve("other");
        Files.createDirectories(other);
        Path file = Files.writeString(other.resolve(StoreFile.FILE_NAME), "no database ".repeat(2_000));
        assertThatThrownBy(() -> open(other, clock).close()).isInstanceOf(StoreUnusableException.class);
        Files.delete(file);

        open(other, clock).close();
    }

    @Test
    void deletesWhatIsOlderThanTheRetention() throws Exception {
        store.append(List.of(batch("a", 1, 0, 5, calls("/x", 1)), batch("a", 2, 5, 10, calls("/x", 1))));
        clock.move(Duration.ofHours(24).minusSeconds(3));
        store.append(List.of(batch("a", 3, 10, 15, calls("/x", 1))));

        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (read(0, 15).windows() > 2 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(count(read(0, 15), "/x")).isEqualTo(2);
    }
}
