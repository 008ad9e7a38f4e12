package dev.headroom.dashboard.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.MetricStore.Outcome;
import dev.headroom.dashboard.store.MetricStoreContract;
import dev.headroom.dashboard.store.StoreUnusableException;
import dev.headroom.dashboard.store.StreamStates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
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
    void namesADirectoryThatCannotBeMade() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThatThrownBy(() -> open(file.resolve("below"), clock).close())
                .isInstanceOf(StoreUnusableException.class)
                .hasMessageContaining("HEADROOM_STORE_PATH");
    }

    @Test
    void deletesWhatIsOlderThanTheRetention() throws Exception {
        store.append(List.of(batch("a", 1, 0, 5, calls("/x", 1)), batch("a", 2, 5, 10, calls("/x", 1))));
        ((SqliteMetricStore) store).rollUpAll();
        assertThat(count(read(0, 600), "/x")).isEqualTo(2);
        clock.move(Duration.ofDays(12));
        store.append(List.of(batch("a", 3, 10, 15, calls("/x", 1))));
        clock.move(Duration.ofMinutes(2));

        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (files("service").count() > 0 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(files("service")).isEmpty();
        assertThat(files("raw")).hasSize(1);
    }

    @Test
    void skipsADamagedRowAndThenReadsAnotherTier() throws Exception {
        store.append(List.of(batch("a", 1, 0, 5, calls("/x", 1)), batch("a", 2, 65, 70, calls("/x", 1))));
        ((SqliteMetricStore) store).rollUpAll();
        store.close();
        Path minutes = files("service-1m").findFirst().orElseThrow();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + minutes);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    "UPDATE cell SET points = zeroblob(length(points)) WHERE metric > 0 AND start_time = "
                            + T0.toEpochMilli());
        }
        store = open();

        assertThat(count(read(0, 120), "/x")).isOne();
        assertThat(count(read(0, 120), "/x"))
                .as("from another tier, now that it is known")
                .isEqualTo(2);
    }

    @Test
    void cursorsAndStreamStatesOutliveTheirFile() {
        Batch stock =
                new Batch(sender("stock"), null, at(0), at(5), List.of(gets(1)), new StreamStates(new byte[] {7}));
        store.append(List.of(batch("a", 5, 0, 5, calls("/x", 1)), stock));
        for (int i = 0; i < 3; i++) {
            clock.move(Duration.ofMinutes(31));
            store.append(List.of(batch("b", i + 1, 0, 5, calls("/x", 1))));
        }

        assertThat(store.append(List.of(batch("a", 5, 0, 5, calls("/x", 1)))))
                .containsExactly(new Outcome.Duplicate(5));
        assertThat(store.streams(sender("stock")).bytes()).containsExactly(7);
        assertThat(store.instances(SERVICE)).hasSize(3);
        assertThat(count(read(0, 5), "/x")).isEqualTo(4);

        clock.move(Duration.ofDays(8));
        store.append(List.of(batch("b", 4, 0, 5, calls("/x", 1))));
        clock.move(Duration.ofDays(8));
        store.append(List.of(batch("b", 5, 0, 5, calls("/x", 1))));
        assertThat(store.instances(SERVICE)).as("silent for a week").hasSize(1);
    }

    private Stream<Path> files(String tier) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files
                    .filter(file -> file.getFileName().toString().startsWith(tier)
                            && file.toString().endsWith(".db"))
                    .toList()
                    .stream();
        }
    }
}
