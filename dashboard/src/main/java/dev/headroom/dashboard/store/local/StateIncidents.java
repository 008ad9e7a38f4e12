package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.Incident;
import dev.headroom.dashboard.store.IncidentStore;
import dev.headroom.dashboard.store.TimeRange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Incidents in the file of what is not measurements: what is asked for in columns, the rest in a blob. Thread-safe. */
final class StateIncidents implements IncidentStore {
    static final List<String> TABLES = List.of("""
            CREATE TABLE IF NOT EXISTS incident (
              id TEXT PRIMARY KEY,
              service TEXT NOT NULL,
              budget TEXT NOT NULL,
              opened INTEGER NOT NULL,
              closed INTEGER,
              rest BLOB NOT NULL) WITHOUT ROWID
            """, "CREATE INDEX IF NOT EXISTS incident_opened ON incident (opened)");

    private static final int FORMAT = 1;

    private final StateFile file;

    StateIncidents(StateFile file) {
        this.file = file;
    }

    @Override
    public void put(Collection<Incident> incidents) {
        if (incidents.isEmpty()) {
            return;
        }
        file.write(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT OR REPLACE INTO incident (id, service, budget, opened, closed, rest) VALUES (?, ?, ?, ?, ?, ?)")) {
                for (Incident incident : incidents) {
                    insert.setString(1, incident.id());
                    insert.setString(2, incident.service());
                    insert.setString(3, incident.budget());
                    insert.setLong(4, incident.opened().toEpochMilli());
                    Instant closed = incident.closed();
                    if (closed == null) {
                        insert.setNull(5, Types.BIGINT);
                    } else {
                        insert.setLong(5, closed.toEpochMilli());
                    }
                    insert.setBytes(6, write(incident));
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            return forget(connection);
        });
    }

    private static int forget(Connection connection) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("""
                DELETE FROM incident WHERE closed IS NOT NULL AND opened <
                  (SELECT opened FROM incident ORDER BY opened DESC LIMIT 1 OFFSET ?)
                """)) {
            delete.setInt(1, MOST - 1);
            return delete.executeUpdate();
        }
    }

    @Override
    public List<Incident> incidents(
            @Nullable String service,
            @Nullable String budget,
            @Nullable TimeRange range,
            @Nullable Boolean open,
            int most) {
        return file.read(connection -> {
                    try (PreparedStatement query = connection.prepareStatement("""
                            SELECT id, service, budget, opened, closed, rest FROM incident
                            WHERE (?1 IS NULL OR service = ?1) AND (?2 IS NULL OR budget = ?2)
                              AND opened <= ?3 AND (closed IS NULL OR closed >= ?4)
                              AND (?5 IS NULL OR (closed IS NULL) = ?5)
                            ORDER BY opened DESC, id LIMIT ?6
                            """)) {
                        query.setString(1, service);
                        query.setString(2, budget);
                        query.setLong(
                                3, range == null ? Long.MAX_VALUE : range.to().toEpochMilli());
                        query.setLong(
                                4, range == null ? Long.MIN_VALUE : range.from().toEpochMilli());
                        if (open == null) {
                            query.setNull(5, Types.INTEGER);
                        } else {
                            query.setInt(5, open ? 1 : 0);
                        }
                        query.setInt(6, most);
                        return read(query);
                    }
                })
                .orElse(List.of());
    }

    @Override
    public @Nullable Incident incident(String id) {
        List<Incident> found = file.read(connection -> {
                    try (PreparedStatement query = connection.prepareStatement(
                            "SELECT id, service, budget, opened, closed, rest FROM incident WHERE id = ?")) {
                        query.setString(1, id);
                        return read(query);
                    }
                })
                .orElse(List.of());
        return found.isEmpty() ? null : found.get(0);
    }

    /** A row whose blob was damaged is left out. */
    private static List<Incident> read(PreparedStatement query) throws SQLException {
        List<Incident> incidents = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                try {
                    incidents.add(read(row));
                } catch (DamagedRowException ignored) {
                    // its check sum is wrong: what it says cannot be believed
                }
            }
        }
        return incidents;
    }

    private static byte[] write(Incident incident) {
        BlobWriter out = new BlobWriter();
        out.varint(FORMAT);
        out.text(incident.title()).text(incident.subject()).text(incident.severity());
        out.varint(incident.waived() ? 1 : 0);
        out.signed(incident.began().toEpochMilli());
        out.signed(incident.lastFailed().toEpochMilli());
        text(out, incident.closing());
        out.varint(incident.returns());
        moment(out, incident.first());
        Incident.Moment last = incident.last();
        out.varint(last == null ? 0 : 1);
        if (last != null) {
            moment(out, last);
        }
        return CheckSum.close(out);
    }

    private static void moment(BlobWriter out, Incident.Moment moment) {
        out.signed(moment.at().toEpochMilli()).text(moment.verdict());
        text(out, moment.value());
        out.text(moment.target());
        text(out, moment.acceptable());
        out.varint(moment.n()).varint(moment.bad());
        Double probability = moment.probability();
        out.float64(probability == null ? Double.NaN : probability);
        out.text(moment.sentence());
    }

    private static void text(BlobWriter out, @Nullable String text) {
        out.varint(text == null ? 0 : 1);
        if (text != null) {
            out.text(text);
        }
    }

    private static Incident read(ResultSet row) throws SQLException {
        BlobReader in = CheckSum.open(row.getBytes(6));
        if (in.varint() != FORMAT) {
            throw new DamagedRowException("a later version wrote this incident");
        }
        String title = in.text();
        String subject = in.text();
        String severity = in.text();
        boolean waived = in.varint() == 1;
        Instant began = Instant.ofEpochMilli(in.signed());
        Instant lastFailed = Instant.ofEpochMilli(in.signed());
        String closing = text(in);
        int returns = (int) in.varint();
        Incident.Moment first = moment(in);
        Incident.Moment last = in.varint() == 1 ? moment(in) : null;
        Instant opened = Instant.ofEpochMilli(row.getLong(4));
        long closed = row.getLong(5);
        Instant closedAt = row.wasNull() ? null : Instant.ofEpochMilli(closed);
        return new Incident(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                title,
                subject,
                severity,
                waived,
                began,
                opened,
                lastFailed,
                closedAt,
                closing,
                returns,
                first,
                last);
    }

    private static Incident.Moment moment(BlobReader in) {
        Instant at = Instant.ofEpochMilli(in.signed());
        String verdict = in.text();
        String value = text(in);
        String target = in.text();
        String acceptable = text(in);
        long n = in.varint();
        long bad = in.varint();
        double probability = in.float64();
        return new Incident.Moment(
                at,
                verdict,
                value,
                target,
                acceptable,
                n,
                bad,
                Double.isNaN(probability) ? null : probability,
                in.text());
    }

    private static @Nullable String text(BlobReader in) {
        return in.varint() == 1 ? in.text() : null;
    }
}
