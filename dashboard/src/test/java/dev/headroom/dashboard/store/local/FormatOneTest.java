package dev.headroom.dashboard.store.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.Instance;
import dev.headroom.dashboard.store.MetricStore.Outcome;
import dev.headroom.dashboard.store.Point;
import dev.headroom.dashboard.store.Reading;
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
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store as dashboards before the tiers wrote it. */
class FormatOneTest {
    private static final Instant T0 = Instant.parse("2026-11-21T08:00:00Z");
    private static final int WINDOWS = 240;
    private static final SeriesKey KEY = new SeriesKey("cache.gets", Map.of("cache", "c"));
    private static final Sender SENDER = new Sender("shop", "a", Map.of("host.name", "web-1"));

    @TempDir
    Path directory;

    private final MovingClock clock = new MovingClock(T0.plus(Duration.ofMinutes(21)));
    private Path old;

    @BeforeEach
    void write() throws SQLException {
        old = directory.resolve(FormatOne.NAME);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + old);
                Statement statement = connection.createStatement()) {
            for (String table : List.of(
                    "CREATE TABLE service (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, longest INTEGER NOT NULL DEFAULT 0)",
                    "CREATE TABLE sender (id INTEGER PRIMARY KEY, service INTEGER NOT NULL, instance TEXT NOT NULL, resource BLOB NOT NULL, first_report INTEGER NOT NULL, last_report INTEGER NOT NULL, streams BLOB, UNIQUE (service, instance))",
                    "CREATE TABLE cursor (sender INTEGER NOT NULL, signal TEXT NOT NULL, sequence INTEGER NOT NULL, gaps INTEGER NOT NULL, duplicates INTEGER NOT NULL, PRIMARY KEY (sender, signal)) WITHOUT ROWID",
                    "CREATE TABLE setting (kind TEXT NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (kind, name)) WITHOUT ROWID",
                    "CREATE TABLE series (id INTEGER PRIMARY KEY, key BLOB NOT NULL)",
                    "CREATE TABLE raw (id INTEGER PRIMARY KEY, service INTEGER NOT NULL, sender INTEGER NOT NULL, start_time INTEGER NOT NULL, end_time INTEGER NOT NULL, crosses INTEGER NOT NULL, points BLOB NOT NULL)",
                    "CREATE INDEX raw_time ON raw (service, end_time, start_time, sender)",
                    "PRAGMA user_version = 1",
                    "INSERT INTO service VALUES (1, 'shop', 0)",
                    "INSERT INTO setting VALUES ('order', 'shop', 'counts only')",
                    "INSERT INTO cursor VALUES (1, 'm', 250, 10, 3)")) {
                statement.executeUpdate(table);
            }
            insert(
                    connection,
                    "INSERT INTO sender VALUES (1, 1, 'a', ?, ?, ?, ?)",
                    Keys.write(SENDER.resource()),
                    T0.toEpochMilli(),
                    T0.plusSeconds(WINDOWS * 5L).toEpochMilli(),
                    new byte[] {7});
            insert(connection, "INSERT INTO series VALUES (5, ?)", (Object) Keys.write(KEY));
            connection.setAutoCommit(false);
            for (int n = 1; n <= WINDOWS; n++) {
                BlobWriter points = new BlobWriter().varint(5);
                ValueCodec.write(points, new Value.Sum(n));
                long end = T0.plusSeconds(n * 5L).toEpochMilli();
                insert(
                        connection,
                        "INSERT INTO raw (service, sender, start_time, end_time, crosses, points) VALUES (1, 1, ?, ?, 0, ?)",
                        end - 5_000,
                        end,
                        points.toByteArray());
            }
            connection.commit();
        }
    }

    @Test
    void isTakenOverWithTotalsCursorsAndSettings() {
        try (SqliteMetricStore store = open()) {
            assertThat(total(store)).isEqualTo(WINDOWS * (WINDOWS + 1) / 2.0);
            store.rollUpAll();
            assertThat(total(store)).as("rolled up").isEqualTo(WINDOWS * (WINDOWS + 1) / 2.0);
            Instance instance = store.instances("shop").get(0);
            assertThat(instance.sequence()).isEqualTo(250);
            assertThat(instance.gaps()).isEqualTo(10);
            assertThat(instance.duplicates()).isEqualTo(3);
            assertThat(instance.firstReport()).isEqualTo(T0);
            assertThat(store.streams(SENDER).bytes()).containsExactly(7);
            assertThat(store.settings().settings("order")).containsEntry("shop", "counts only");
            assertThat(store.append(List.of(batch(250)))).containsExactly(new Outcome.Duplicate(250));
            assertThat(store.append(List.of(batch(251)))).containsExactly(new Outcome.Stored());
            assertThat(store.status().events())
                    .singleElement()
                    .satisfies(event -> assertThat(event.reason()).isEqualTo("240 windows of 1 JVMs"));
        }
        assertThat(old).doesNotExist();
        assertThat(directory.resolve(FormatOne.NAME + AsideFiles.TAKEN_OVER)).exists();

        try (SqliteMetricStore store = open()) {
            assertThat(total(store)).as("after a restart").isEqualTo(WINDOWS * (WINDOWS + 1) / 2.0 + 251);
        }
    }

    @Test
    void isTakenOverOnceWhenTheProcessEndedBeforeItWasRenamed() throws IOException {
        Path copy = Files.copy(old, directory.resolve("copy"));
        open().close();
        Files.move(copy, old);
        Files.delete(directory.resolve(FormatOne.NAME + AsideFiles.TAKEN_OVER));

        try (SqliteMetricStore store = open()) {
            assertThat(total(store)).isEqualTo(WINDOWS * (WINDOWS + 1) / 2.0);
        }
    }

    @Test
    void whatIsDamagedDoesNotKeepTheDashboardFromStarting() throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(old.toFile(), "rw")) {
            bytes.write(new byte[8_192]);
        }

        try (SqliteMetricStore store = open()) {
            assertThat(store.append(List.of(batch(1)))).containsExactly(new Outcome.Stored());
            assertThat(store.status().events())
                    .singleElement()
                    .satisfies(event -> assertThat(event.kind()).isEqualTo(StoreStatus.Kind.DAMAGED));
        }
        assertThat(old).doesNotExist();
    }

    private SqliteMetricStore open() {
        return new SqliteMetricStore(directory, StoreSettings.defaults(), 1 << 20, clock);
    }

    private static Batch batch(int n) {
        Instant end = T0.plusSeconds(n * 5L);
        return new Batch(
                SENDER, new Batch.Cursor("m", n), end.minusSeconds(5), end, List.of(new Point(KEY, new Value.Sum(n))));
    }

    private static double total(SqliteMetricStore store) {
        Reading reading = store.read(new Selection("shop", Set.of(), new TimeRange(T0, T0.plusSeconds(1_800)), false));
        return reading.series().stream()
                .mapToDouble(data -> ((Value.Sum) data.value()).amount())
                .sum();
    }

    private static void insert(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        }
    }
}
