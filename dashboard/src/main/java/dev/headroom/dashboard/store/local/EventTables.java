package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.EventStore;
import dev.headroom.dashboard.store.ExampleSearch;
import dev.headroom.dashboard.store.Sender;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The statements of {@link EventFile}, within its transactions. */
final class EventTables {
    static final List<String> ALL = List.of(
            "CREATE TABLE service (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
            """
            CREATE TABLE sender (
              id INTEGER PRIMARY KEY,
              service INTEGER NOT NULL,
              instance TEXT NOT NULL,
              resource BLOB NOT NULL,
              last_report INTEGER NOT NULL,
              UNIQUE (service, instance))
            """,
            """
            CREATE TABLE cursor (
              sender INTEGER NOT NULL,
              signal TEXT NOT NULL,
              sequence INTEGER NOT NULL,
              gaps INTEGER NOT NULL,
              duplicates INTEGER NOT NULL,
              PRIMARY KEY (sender, signal)) WITHOUT ROWID
            """,
            """
            CREATE TABLE ledger (
              sender INTEGER NOT NULL,
              signal TEXT NOT NULL,
              delivered BLOB NOT NULL,
              PRIMARY KEY (sender, signal)) WITHOUT ROWID
            """,
            """
            CREATE TABLE event (
              id INTEGER PRIMARY KEY,
              service INTEGER NOT NULL,
              sender INTEGER NOT NULL,
              time INTEGER NOT NULL,
              kind TEXT NOT NULL,
              attributes BLOB NOT NULL,
              body TEXT NOT NULL,
              bytes INTEGER NOT NULL)
            """,
            "CREATE INDEX event_time ON event (service, time)",
            // One row: the sum of event.bytes, so that nobody adds it up.
            "CREATE TABLE held (bytes INTEGER NOT NULL)",
            "INSERT INTO held (bytes) VALUES (0)");

    /** Finds examples among the events. Files of earlier dashboards have none and get these tables when they are opened. */
    static final List<String> EXAMPLES = List.of(
            """
            CREATE TABLE IF NOT EXISTS example (
              event INTEGER PRIMARY KEY,
              name TEXT NOT NULL,
              service INTEGER NOT NULL,
              time INTEGER NOT NULL,
              method TEXT NOT NULL,
              route TEXT NOT NULL,
              reason TEXT NOT NULL,
              nanos INTEGER NOT NULL)
            """,
            "CREATE INDEX IF NOT EXISTS example_name ON example (name)",
            "CREATE INDEX IF NOT EXISTS example_time ON example (service, time)",
            "CREATE INDEX IF NOT EXISTS example_route ON example (service, route, time)",
            """
            CREATE TABLE IF NOT EXISTS example_shape (
              shape TEXT NOT NULL,
              event INTEGER NOT NULL,
              PRIMARY KEY (shape, event)) WITHOUT ROWID
            """,
            "CREATE INDEX IF NOT EXISTS example_shape_event ON example_shape (event)");

    private static final int BYTES_PER_EVENT = 64;
    /** More statements of one example are not looked for by their shape. */
    private static final int MOST_SHAPES = 100;

    private final Statements statements;

    EventTables(Statements statements) {
        this.statements = statements;
    }

    long service(String name) throws SQLException {
        run("INSERT OR IGNORE INTO service (name) VALUES (?)", name);
        return number("SELECT id FROM service WHERE name = ?", name);
    }

    long sender(long service, Sender sender, long now) throws SQLException {
        run("""
                INSERT INTO sender (service, instance, resource, last_report) VALUES (?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET resource = excluded.resource, last_report = excluded.last_report
                """, service, sender.instance(), Keys.write(sender.resource()), now);
        return number("SELECT id FROM sender WHERE service = ? AND instance = ?", service, sender.instance());
    }

    /** 0 before the first. */
    long sequence(long sender, String signal) throws SQLException {
        return number("SELECT sequence FROM cursor WHERE sender = ? AND signal = ?", sender, signal);
    }

    void countDuplicate(long sender, String signal) throws SQLException {
        run("UPDATE cursor SET duplicates = duplicates + 1 WHERE sender = ? AND signal = ?", sender, signal);
    }

    void moveCursor(long sender, Batch.Cursor cursor, long gap) throws SQLException {
        run("""
                INSERT INTO cursor (sender, signal, sequence, gaps, duplicates) VALUES (?, ?, ?, ?, 0)
                ON CONFLICT DO UPDATE SET sequence = excluded.sequence, gaps = gaps + excluded.gaps
                """, sender, cursor.signal(), cursor.sequence(), gap);
    }

    void insert(long service, long sender, EventStore.Event event) throws SQLException {
        byte[] attributes = Keys.write(event.attributes());
        long bytes = (long) BYTES_PER_EVENT
                + attributes.length
                + event.kind().length()
                + event.body().getBytes(StandardCharsets.UTF_8).length;
        run(
                "INSERT INTO event (service, sender, time, kind, attributes, body, bytes) VALUES (?, ?, ?, ?, ?, ?, ?)",
                service,
                sender,
                event.time().toEpochMilli(),
                event.kind(),
                attributes,
                event.body(),
                bytes);
        run("UPDATE held SET bytes = bytes + ?", bytes);
        String name = event.attributes().getOrDefault(ExampleSearch.ID, "");
        if (!name.isEmpty()) {
            insertExample(service, name, event);
        }
    }

    private void insertExample(long service, String name, EventStore.Event event) throws SQLException {
        Map<String, String> attributes = event.attributes();
        long id = number("SELECT max(id) FROM event");
        run(
                "INSERT INTO example (event, name, service, time, method, route, reason, nanos) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                id,
                name,
                service,
                event.time().toEpochMilli(),
                attributes.getOrDefault(ExampleSearch.METHOD, ""),
                attributes.getOrDefault(ExampleSearch.ROUTE, ""),
                attributes.getOrDefault(ExampleSearch.REASON, ""),
                nanos(attributes.getOrDefault(ExampleSearch.DURATION, "")));
        Set<String> shapes = new LinkedHashSet<>(
                List.of(attributes.getOrDefault(ExampleSearch.FINGERPRINTS, "").split(",", MOST_SHAPES + 1)));
        int left = MOST_SHAPES;
        for (String shape : shapes) {
            if (!shape.isEmpty() && left-- > 0) {
                run("INSERT OR IGNORE INTO example_shape (shape, event) VALUES (?, ?)", shape, id);
            }
        }
    }

    /** 0 for what is no number of nanoseconds: whoever sends that is not our agent. */
    private static long nanos(String text) {
        boolean number = !text.isEmpty() && text.length() <= 18 && text.chars().allMatch(Character::isDigit);
        return number ? Long.parseLong(text) : 0;
    }

    /** Of all events. */
    long bytes() throws SQLException {
        return number("SELECT bytes FROM held");
    }

    /** In the order of their arrival. Returns their bytes. */
    long deleteOldest(int events) throws SQLException {
        long freed = number("SELECT sum(bytes) FROM (SELECT bytes FROM event ORDER BY id LIMIT ?)", events);
        run("DELETE FROM example_shape WHERE event IN (SELECT id FROM event ORDER BY id LIMIT ?)", events);
        run("DELETE FROM example WHERE event IN (SELECT id FROM event ORDER BY id LIMIT ?)", events);
        run("DELETE FROM event WHERE id IN (SELECT id FROM event ORDER BY id LIMIT ?)", events);
        run("UPDATE held SET bytes = bytes - ?", freed);
        return freed;
    }

    /** Those who have been silent since and of whom no event is left. */
    void forgetSenders(long silentSince) throws SQLException {
        String idle =
                "(SELECT id FROM sender WHERE last_report < ? AND NOT EXISTS (SELECT 1 FROM event WHERE event.sender = sender.id))";
        run("DELETE FROM cursor WHERE sender IN " + idle, silentSince);
        run("DELETE FROM ledger WHERE sender IN " + idle, silentSince);
        run("DELETE FROM sender WHERE id IN " + idle, silentSince);
    }

    /** 0 when there is no row. */
    private long number(String sql, Object... parameters) throws SQLException {
        try (ResultSet row = statements.with(sql, parameters).executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private void run(String sql, Object... parameters) throws SQLException {
        statements.run(sql, parameters);
    }
}
