package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.RunStore;
import dev.headroom.dashboard.store.SeriesData;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs in the file of what is not measurements. They are few: each is a transaction of its own. */
final class StateRuns implements RunStore {
    private static final Logger LOG = LoggerFactory.getLogger(StateRuns.class);
    private static final byte[] NOTHING = {};
    static final String TABLE = """
            CREATE TABLE IF NOT EXISTS run (
              id TEXT PRIMARY KEY,
              name TEXT NOT NULL,
              service TEXT NOT NULL,
              from_time INTEGER NOT NULL,
              to_time INTEGER,
              text TEXT NOT NULL,
              data BLOB)
            """;
    private static final String COLUMNS = "SELECT id, name, service, from_time, to_time, text FROM run ";
    private static final int MOST_RUNS = 1000;
    private static final long MOST_DATA_BYTES = 256L << 20;

    private final StateFile file;
    private final int mostRuns;
    private final long mostDataBytes;

    StateRuns(StateFile file) {
        this(file, MOST_RUNS, MOST_DATA_BYTES);
    }

    StateRuns(StateFile file, int mostRuns, long mostDataBytes) {
        this.file = file;
        this.mostRuns = mostRuns;
        this.mostDataBytes = mostDataBytes;
    }

    @Override
    public void put(Run run, List<SeriesData> data) {
        byte[] packed = PackedSeries.pack(data);
        file.write(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT OR REPLACE INTO run (id, name, service, from_time, to_time, text, data)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?)")) {
                insert.setString(1, run.id());
                insert.setString(2, run.name());
                insert.setString(3, run.service());
                insert.setLong(4, run.from().toEpochMilli());
                Instant to = run.to();
                insert.setObject(5, to == null ? null : to.toEpochMilli());
                insert.setString(6, run.text());
                insert.setBytes(7, data.isEmpty() || packed.length > mostDataBytes ? null : packed);
                insert.executeUpdate();
            }
            return bounded(connection);
        });
    }

    private int bounded(Connection connection) throws SQLException {
        try (PreparedStatement runs = connection.prepareStatement(
                "DELETE FROM run WHERE id IN (SELECT id FROM run ORDER BY from_time DESC, id LIMIT -1 OFFSET ?)")) {
            runs.setInt(1, mostRuns);
            runs.executeUpdate();
        }
        try (PreparedStatement data = connection.prepareStatement("""
                UPDATE run SET data = NULL WHERE id IN (
                  SELECT id FROM (
                    SELECT id, SUM(LENGTH(data)) OVER (ORDER BY from_time DESC, id) AS bytes FROM run WHERE data IS NOT NULL)
                  WHERE bytes > ?)
                """)) {
            data.setLong(1, mostDataBytes);
            return data.executeUpdate();
        }
    }

    @Override
    public Optional<Run> find(String id) {
        return list(COLUMNS + "WHERE id = ?", id, null, 1).stream().findFirst();
    }

    @Override
    public Optional<Run> newest(String service, String name) {
        return list(
                        COLUMNS + "WHERE service = ? AND name = ? AND to_time IS NOT NULL"
                                + " ORDER BY from_time DESC, id LIMIT 1",
                        service,
                        name,
                        1)
                .stream()
                .findFirst();
    }

    @Override
    public List<Run> newest(@Nullable String service, int most) {
        return service == null
                ? list(COLUMNS + "ORDER BY from_time DESC, id", null, null, most)
                : list(COLUMNS + "WHERE service = ? ORDER BY from_time DESC, id", service, null, most);
    }

    private List<Run> list(String sql, @Nullable String first, @Nullable String second, int most) {
        return file.read(connection -> {
                    List<Run> runs = new ArrayList<>();
                    try (PreparedStatement query = connection.prepareStatement(sql)) {
                        if (first != null) {
                            query.setString(1, first);
                        }
                        if (second != null) {
                            query.setString(2, second);
                        }
                        query.setMaxRows(most);
                        try (ResultSet rows = query.executeQuery()) {
                            while (rows.next()) {
                                runs.add(run(rows));
                            }
                        }
                    }
                    return runs;
                })
                .orElse(List.of());
    }

    private static Run run(ResultSet row) throws SQLException {
        long to = row.getLong(5);
        boolean goesOn = row.wasNull();
        return new Run(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                Instant.ofEpochMilli(row.getLong(4)),
                goesOn ? null : Instant.ofEpochMilli(to),
                row.getString(6));
    }

    @Override
    public List<SeriesData> data(String id) {
        byte[] packed = file.read(connection -> {
                    try (PreparedStatement query = connection.prepareStatement("SELECT data FROM run WHERE id = ?")) {
                        query.setString(1, id);
                        try (ResultSet rows = query.executeQuery()) {
                            byte[] found = rows.next() ? rows.getBytes(1) : null;
                            return found == null ? NOTHING : found;
                        }
                    }
                })
                .orElse(NOTHING);
        try {
            return packed.length == 0 ? List.of() : PackedSeries.unpack(packed);
        } catch (DataFormatException damaged) {
            LOG.warn("The data of run {} cannot be read and are left out: {}", id, damaged.getMessage());
            return List.of();
        }
    }

    @Override
    public boolean remove(String id) {
        return file.write(connection -> {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM run WHERE id = ?")) {
                delete.setString(1, id);
                return delete.executeUpdate() > 0;
            }
        });
    }
}
