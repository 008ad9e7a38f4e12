package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.BudgetSubject;
import dev.headroom.dashboard.store.HistoryStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Strips and hours in the file of what is not measurements. Subjects may be long statements: hours name them by number. Thread-safe.
 */
final class StateHistory implements HistoryStore {
    static final List<String> TABLES = List.of("""
            CREATE TABLE IF NOT EXISTS strip (
              service TEXT NOT NULL,
              budget TEXT NOT NULL,
              subject TEXT NOT NULL,
              slots BLOB NOT NULL,
              PRIMARY KEY (service, budget, subject)) WITHOUT ROWID
            """, """
            CREATE TABLE IF NOT EXISTS counted (
              id INTEGER PRIMARY KEY,
              service TEXT NOT NULL,
              budget TEXT NOT NULL,
              subject TEXT NOT NULL,
              definition INTEGER NOT NULL,
              used INTEGER NOT NULL,
              UNIQUE (service, budget, subject, definition))
            """, """
            CREATE TABLE IF NOT EXISTS hour (
              service TEXT NOT NULL,
              begin INTEGER NOT NULL,
              counts BLOB NOT NULL,
              PRIMARY KEY (service, begin)) WITHOUT ROWID
            """);

    private static final int FORMAT = 1;

    private final StateFile file;
    private volatile @Nullable Statements prepared;

    StateHistory(StateFile file) {
        this.file = file;
    }

    @Override
    public Map<BudgetSubject, byte[]> strips() {
        return file.read(connection -> {
                    Map<BudgetSubject, byte[]> strips = new HashMap<>();
                    try (PreparedStatement query =
                                    connection.prepareStatement("SELECT service, budget, subject, slots FROM strip");
                            ResultSet row = query.executeQuery()) {
                        while (row.next()) {
                            strips.put(
                                    new BudgetSubject(row.getString(1), row.getString(2), row.getString(3)),
                                    row.getBytes(4));
                        }
                    }
                    return strips;
                })
                .orElse(Map.of());
    }

    @Override
    public void putStrips(Map<BudgetSubject, byte[]> strips, Collection<BudgetSubject> gone) {
        if (strips.isEmpty() && gone.isEmpty()) {
            return;
        }
        file.write(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT OR REPLACE INTO strip (service, budget, subject, slots) VALUES (?, ?, ?, ?)")) {
                for (Map.Entry<BudgetSubject, byte[]> strip : strips.entrySet()) {
                    name(insert, strip.getKey());
                    insert.setBytes(4, strip.getValue());
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM strip WHERE service = ? AND budget = ? AND subject = ?")) {
                for (BudgetSubject each : gone) {
                    name(delete, each);
                    delete.addBatch();
                }
                return delete.executeBatch().length;
            }
        });
    }

    private static void name(PreparedStatement statement, BudgetSubject about) throws SQLException {
        statement.setString(1, about.service());
        statement.setString(2, about.budget());
        statement.setString(3, about.subject());
    }

    @Override
    public List<Hour> hours(String service, Instant from, Instant to) {
        return file.read(connection -> hours(connection, service, from, to)).orElse(List.of());
    }

    /** An hour whose blob was damaged is left out: it is counted again. */
    private static List<Hour> hours(Connection connection, String service, Instant from, Instant to)
            throws SQLException {
        Map<Long, Counted> names = new HashMap<>();
        try (PreparedStatement query =
                connection.prepareStatement("SELECT id, budget, subject, definition FROM counted WHERE service = ?")) {
            query.setString(1, service);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    names.put(row.getLong(1), new Counted(row.getString(2), row.getString(3), row.getLong(4)));
                }
            }
        }
        List<Hour> hours = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT begin, counts FROM hour WHERE service = ? AND begin >= ? AND begin < ? ORDER BY begin")) {
            query.setString(1, service);
            query.setLong(2, from.toEpochMilli());
            query.setLong(3, to.toEpochMilli());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    try {
                        hours.add(read(Instant.ofEpochMilli(row.getLong(1)), row.getBytes(2), names));
                    } catch (DamagedRowException ignored) {
                        // as if it had never been counted
                    }
                }
            }
        }
        return hours;
    }

    private static Hour read(Instant begin, byte[] blob, Map<Long, Counted> names) {
        BlobReader in = CheckSum.open(blob);
        if (in.varint() != FORMAT) {
            throw new DamagedRowException("a later version wrote this hour");
        }
        Instant from = Instant.ofEpochMilli(in.signed());
        Instant to = Instant.ofEpochMilli(in.signed());
        long revision = in.varint();
        Map<Counted, long[]> counts = new HashMap<>();
        while (in.hasMore()) {
            Counted name = names.get(in.varint());
            long[] count = {in.varint(), in.varint(), in.varint()};
            if (name == null) {
                throw new DamagedRowException("an hour names a subject that is not there");
            }
            counts.put(name, count);
        }
        return new Hour(begin, from, to, revision, counts);
    }

    @Override
    public void putHours(String service, Collection<Hour> hours, Instant keepFrom) {
        file.write(connection -> {
            Statements statements = statements(connection);
            for (Hour hour : hours) {
                BlobWriter out = new BlobWriter();
                out.varint(FORMAT).signed(hour.from().toEpochMilli());
                out.signed(hour.to().toEpochMilli()).varint(hour.revision());
                for (Map.Entry<Counted, long[]> entry : hour.counts().entrySet()) {
                    out.varint(id(statements, service, entry.getKey(), hour.begin()));
                    Arrays.stream(entry.getValue()).forEach(out::varint);
                }
                statements.run(
                        "INSERT OR REPLACE INTO hour (service, begin, counts) VALUES (?, ?, ?)",
                        service,
                        hour.begin().toEpochMilli(),
                        CheckSum.close(out));
            }
            statements.run("DELETE FROM hour WHERE service = ? AND begin < ?", service, keepFrom.toEpochMilli());
            statements.run("DELETE FROM counted WHERE service = ? AND used < ?", service, keepFrom.toEpochMilli());
            return hours.size();
        });
    }

    /** The subject's number, noted as used by this hour: it leaves with the last hour that names it. */
    private static long id(Statements statements, String service, Counted name, Instant hour) throws SQLException {
        statements.run("""
                INSERT INTO counted (service, budget, subject, definition, used) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET used = max(used, excluded.used)
                """, service, name.budget(), name.subject(), name.definition(), hour.toEpochMilli());
        Long id = statements.number(
                "SELECT id FROM counted WHERE service = ? AND budget = ? AND subject = ? AND definition = ?",
                service,
                name.budget(),
                name.subject(),
                name.definition());
        if (id == null) {
            throw new SQLException("a subject that was just written is not there");
        }
        return id;
    }

    /** Within a transaction, of which there is one at a time. */
    private Statements statements(Connection connection) {
        Statements known = prepared;
        if (known == null || known.connection() != connection) {
            known = new Statements(connection);
            prepared = known;
        }
        return known;
    }
}
