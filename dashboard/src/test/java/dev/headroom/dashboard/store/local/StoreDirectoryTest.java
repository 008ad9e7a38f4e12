package dev.headroom.dashboard.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.dashboard.store.StoreUnusableException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreDirectoryTest {
    private static final Instant T0 = Instant.parse("2026-11-21T12:47:13Z");

    @TempDir
    Path path;

    private MovingClock clock = new MovingClock(T0);
    private StoreDirectory directory;

    @BeforeEach
    void open() {
        directory = StoreDirectory.open(
                path,
                tier -> List.of(
                        "CREATE TABLE row (id INTEGER PRIMARY KEY, text BLOB)", "CREATE INDEX of_row ON row (text)"),
                clock);
    }

    @AfterEach
    void close() {
        directory.close();
    }

    @Test
    void namesFilesReadably() {
        assertThat(directory.forWriting(Tier.S10, T0)).hasToString("service-10s-20261121T120000.db");
        assertThat(directory.forWriting(Tier.S600, T0).end()).isAfter(T0);
        PeriodFile raw = directory.forWriting(Tier.RAW, T0);
        assertThat(raw).hasToString("raw-20261121T124713.db");
        assertThat(raw.end()).isEqualTo(Instant.parse("2026-11-21T13:00:00Z"));
    }

    @Test
    void findsItsFilesAgain() {
        insert(directory.forWriting(Tier.RAW, T0), "one");
        insert(directory.forWriting(Tier.I60, T0), "two");
        close();
        open();

        assertThat(directory.files(Tier.RAW)).hasSize(1);
        assertThat(rows(directory.forWriting(Tier.RAW, T0.plusSeconds(60)))).contains(1L);
        assertThat(rows(directory.newest(Tier.I60))).contains(1L);
        assertThat(directory.files(Tier.I60, T0, T0.plusSeconds(1))).hasSize(1);
        assertThat(directory.files(Tier.I60, T0.minus(Duration.ofDays(2)), T0.minus(Duration.ofDays(1))))
                .isEmpty();
    }

    @Test
    void aRawFileEndsWithItsPeriodAndNoneBeginsTwice() {
        PeriodFile first = directory.forWriting(Tier.RAW, T0);

        assertThat(directory.forWriting(Tier.RAW, T0.minus(Duration.ofHours(1))))
                .as("clock set back")
                .isSameAs(first);
        PeriodFile second = directory.forWriting(Tier.RAW, first.end());
        assertThat(second).isNotSameAs(first);
        directory.delete(second);
        assertThat(directory.forWriting(Tier.RAW, first.end().plusSeconds(900)).start())
                .isAfter(second.start());
        directory.delete(directory.newest(Tier.RAW));
        directory.delete(directory.newest(Tier.RAW));
        assertThat(directory.forWriting(Tier.RAW, first.end()).start()).isAfter(second.start());
    }

    @Test
    void aDeletedFileWaitsForItsReaders() {
        PeriodFile file = directory.forWriting(Tier.S60, T0);
        insert(file, "one");

        Optional<Long> counted = file.read(connection -> {
            directory.delete(file);
            assertThat(file.path()).exists();
            assertThat(directory.files(Tier.S60)).isEmpty();
            return count(connection);
        });

        assertThat(counted).contains(1L);
        assertThat(list()).noneMatch(name -> name.startsWith(Tier.S60.title()));
        assertThat(rows(file)).isEmpty();
        assertThat(rows(directory.forWriting(Tier.S60, T0))).contains(0L);
    }

    @Test
    void setsADamagedFileAsideAndGoesOn() throws IOException {
        PeriodFile file = directory.forWriting(Tier.S60, T0);
        for (int i = 0; i < 200; i++) {
            insert(file, "x".repeat(2_000));
        }
        close();
        try (RandomAccessFile bytes = new RandomAccessFile(file.path().toFile(), "rw")) {
            bytes.seek(0);
            bytes.write(new byte[200]);
        }
        open();

        assertThat(rows(directory.newest(Tier.S60))).isEmpty();
        assertThat(directory.files(Tier.S60)).isEmpty();
        assertThat(list()).anyMatch(name -> name.startsWith(file + AsideFiles.DAMAGED));
        assertThat(rows(directory.forWriting(Tier.S60, T0))).contains(0L);
    }

    @Test
    void aTruncatedFileIsSetAside() throws IOException {
        PeriodFile file = directory.forWriting(Tier.RAW, T0);
        for (int i = 0; i < 200; i++) {
            insert(file, "x".repeat(2_000));
        }
        close();
        try (RandomAccessFile bytes = new RandomAccessFile(file.path().toFile(), "rw")) {
            bytes.setLength(bytes.length() / 2);
        }
        open();

        assertThatThrownBy(() -> insert(directory.forWriting(Tier.RAW, T0), "more"))
                .isInstanceOf(StoreUnusableException.class);
        PeriodFile next = directory.forWriting(Tier.RAW, T0);
        assertThat(next.start()).isNotEqualTo(file.start());
        insert(next, "more");
        assertThat(rows(next)).contains(1L);
    }

    @Test
    void nothingIsWrittenToAFileThatWasDeleted() throws IOException {
        PeriodFile file = directory.forWriting(Tier.RAW, T0);
        insert(file, "one");
        SqliteFile.deleteAll(file.path());

        assertThatThrownBy(() -> insert(file, "two")).hasMessageContaining("deleted");
        insert(directory.forWriting(Tier.RAW, T0), "two");
    }

    @Test
    void aFailedTransactionWritesNothing() {
        PeriodFile file = directory.forWriting(Tier.RAW, T0);
        insert(file, "one");

        assertThatThrownBy(() -> file.write(connection -> {
                    insert(connection, "two");
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(rows(file)).contains(1L);
        insert(file, "two");
        assertThat(rows(file)).contains(2L);
    }

    @Test
    void refusesFilesOfANewerDashboard() {
        PeriodFile file = directory.forWriting(Tier.S10, T0);
        file.write(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate("PRAGMA user_version = 99");
            }
        });
        close();
        open();

        assertThatThrownBy(() -> rows(directory.newest(Tier.S10)))
                .isInstanceOf(StoreUnusableException.class)
                .hasMessageContaining("newer dashboard (format 99");
    }

    @Test
    void readsManyFilesWithFewConnections() {
        List<PeriodFile> many = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            PeriodFile file = directory.forWriting(Tier.I60, T0.plus(Duration.ofHours(6L * i)));
            insert(file, "one");
            many.add(file);
        }
        for (PeriodFile file : many) {
            assertThat(rows(file)).contains(1L);
        }
    }

    private static Optional<Long> rows(PeriodFile file) {
        return file.read(StoreDirectoryTest::count);
    }

    private static long count(Connection connection) throws SQLException {
        try (PreparedStatement query =
                        connection.prepareStatement("SELECT count(*), sum(length(text)) FROM row NOT INDEXED");
                var row = query.executeQuery()) {
            return row.next() ? row.getLong(1) : -1;
        }
    }

    private static void insert(PeriodFile file, String text) {
        file.write(connection -> insert(connection, text));
    }

    private static int insert(Connection connection, String text) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO row (text) VALUES (?)")) {
            insert.setString(1, text);
            return insert.executeUpdate();
        }
    }

    private List<String> list() {
        try (Stream<Path> all = Files.list(path)) {
            return all.map(file -> file.getFileName().toString()).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
