package dev.headroom.dashboard.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamesTest {
    @TempDir
    Path directory;

    private final AtomicInteger added = new AtomicInteger();
    private Connection writer;

    @BeforeEach
    void open() throws SQLException {
        writer = connection();
        try (Statement statement = writer.createStatement()) {
            statement.execute("PRAGMA journal_mode=WAL");
            statement.execute("CREATE TABLE service (id INTEGER PRIMARY KEY, name TEXT)");
            statement.execute("CREATE TABLE metric (id INTEGER PRIMARY KEY, name TEXT)");
            statement.execute("CREATE TABLE sender (id INTEGER PRIMARY KEY, service INTEGER, instance TEXT)");
            statement.execute(
                    "CREATE TABLE series (id INTEGER PRIMARY KEY, service INTEGER, metric INTEGER, attributes BLOB)");
            statement.execute("INSERT INTO service VALUES (1, 'shop')");
        }
    }

    @AfterEach
    void close() throws SQLException {
        writer.close();
    }

    private Connection connection() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("names.db"));
    }

    private void series(int id, int metric) throws SQLException {
        try (PreparedStatement insert = writer.prepareStatement("INSERT INTO series VALUES (?, 1, ?, ?)")) {
            insert.setInt(1, id);
            insert.setInt(2, metric);
            insert.setBytes(3, Keys.write(Map.of("n", Integer.toString(id))));
            insert.executeUpdate();
        }
    }

    /** Another metric with a series of it, as when the first window of a new period is rolled up. */
    private void addOne() throws SQLException {
        int id = added.incrementAndGet();
        try (Statement statement = writer.createStatement()) {
            statement.execute("INSERT INTO metric VALUES (" + id + ", 'metric." + id + "')");
        }
        series(id, id);
    }

    /** A reader beside which a metric is added before each of its statements. */
    private Connection crowded(Connection reader) {
        return (Connection) Proxy.newProxyInstance(
                NamesTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        addOne();
                    }
                    try {
                        return method.invoke(reader, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    @Test
    void whatIsAddedWhileNamesAreReadIsNoDamage() throws SQLException {
        try (Connection reader = connection()) {
            Names names = Names.read(crowded(reader), new SeriesPool(), "shop");
            assertThat(added.get()).isGreaterThan(2);
            assertThat(names.size()).isPositive();
            names.each((id, series) -> assertThat(names.metric(series.metric())).isEqualTo(id));
        }
    }

    @Test
    void aSeriesWithoutItsMetricIsDamage() throws SQLException {
        series(1, 77);
        try (Connection reader = connection()) {
            assertThatThrownBy(() -> Names.read(reader, new SeriesPool(), "shop"))
                    .isInstanceOf(DamagedException.class)
                    .hasMessage("Series 1 is of no known metric");
        }
    }
}
