package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.Point;
import dev.headroom.dashboard.store.Sender;
import dev.headroom.dashboard.store.SeriesKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over the single {@code metrics.db} that dashboards wrote before there were tiers: its rows become a raw file, which is rolled
 * up like every other. The raw file is whole or not there; when the process ends in between, the next start does it again. The old
 * file is renamed and deleted with the oldest measurements.
 */
final class FormatOne {
    static final String NAME = "metrics.db";

    private static final Logger LOG = LoggerFactory.getLogger(FormatOne.class);
    private static final int GROUP = 100;
    private static final long TELL_NANOS = 10_000_000_000L;

    private final StoreDirectory directory;
    private final Path file;
    private final Map<Integer, SeriesKey> series = new HashMap<>();
    private final Map<Long, Sender> senders = new HashMap<>();
    private final Map<Long, Boolean> numbered = new HashMap<>();
    private String incomplete = "";
    private int rows;

    private FormatOne(StoreDirectory directory) {
        this.directory = directory;
        this.file = directory.path().resolve(NAME);
    }

    /** Before anything else is written to the directory. */
    static void takeOver(StoreDirectory directory) {
        FormatOne old = new FormatOne(directory);
        if (Files.exists(old.file)) {
            old.takeOver();
        }
    }

    private void takeOver() {
        long bytes = size();
        LOG.info("Taking over {} ({}), written by an earlier dashboard", file, Upkeep.text(bytes));
        try {
            try (Connection old = SqliteConnections.toTakeOver(file)) {
                Instant last = readNames(old);
                if (last != null) {
                    directory.takeOver(last, raw -> copy(old, raw));
                }
                copySettings(old);
            }
            SqliteFile.moveAll(file, Path.of(file + AsideFiles.TAKEN_OVER));
            directory.events().takenOver(NAME, bytes, rows + " windows of " + senders.size() + " JVMs" + incomplete);
        } catch (SQLException | IOException | DamagedException failure) {
            giveUp(bytes, failure);
        }
    }

    /** Only damage is final; a full disk is tried again at the next start. */
    private void giveUp(long bytes, Exception failure) {
        String error = String.valueOf(failure.getMessage());
        if (SqliteFailure.of(failure) != SqliteFailure.DAMAGED) {
            LOG.error("{} could not be taken over; the next start tries again: {}", file, error);
            return;
        }
        try {
            Path aside = AsideFiles.free(file);
            SqliteFile.moveAll(file, aside);
            directory.events().oldLost(aside, error, bytes);
        } catch (IOException stays) {
            directory.events().notDeleted(file, stays);
        }
    }

    private long size() {
        try {
            return Files.size(file);
        } catch (IOException gone) {
            return 0;
        }
    }

    /** When the newest sender last reported; null when none ever did. */
    private @Nullable Instant readNames(Connection old) throws SQLException {
        try (Statement statement = old.createStatement()) {
            try (ResultSet row = statement.executeQuery("SELECT id, key FROM series")) {
                while (row.next()) {
                    series.put(row.getInt(1), Keys.read(row.getBytes(2)));
                }
            }
            long last = Long.MIN_VALUE;
            try (ResultSet row = statement.executeQuery("""
                    SELECT sender.id, service.name, instance, resource, last_report,
                      EXISTS (SELECT 1 FROM cursor WHERE cursor.sender = sender.id AND signal = 'm')
                    FROM sender JOIN service ON service.id = sender.service
                    """)) {
                while (row.next()) {
                    senders.put(
                            row.getLong(1),
                            new Sender(row.getString(2), row.getString(3), Keys.readMap(row.getBytes(4))));
                    numbered.put(row.getLong(1), row.getBoolean(6));
                    last = Math.max(last, row.getLong(5));
                }
            }
            return last == Long.MIN_VALUE ? null : Instant.ofEpochSecond(Math.floorDiv(last, 1_000));
        }
    }

    private void copy(Connection old, Connection raw) throws SQLException {
        try (Statement statement = raw.createStatement()) {
            statement.executeUpdate("INSERT INTO carried (source) VALUES (" + Carry.FIRST + ")");
        }
        RawWriter writer = new RawWriter(0, new SeriesPool());
        writer.write(raw, senders.values().stream().map(FormatOne::nothing).toList(), 0);
        try {
            copyWindows(old, raw, writer);
        } catch (SQLException | RuntimeException damaged) {
            if (damaged instanceof SQLException sql && SqliteFailure.of(sql) != SqliteFailure.DAMAGED) {
                throw sql;
            }
            incomplete = "; the rest is damaged: " + damaged.getMessage();
        }
        copySenders(old, raw);
    }

    private static Batch nothing(Sender sender) {
        return new Batch(sender, null, Instant.EPOCH, Instant.EPOCH.plusMillis(1), List.of());
    }

    private void copyWindows(Connection old, Connection raw, RawWriter writer) throws SQLException {
        Map<Long, Long> numbers = new HashMap<>();
        List<Batch> group = new ArrayList<>();
        long told = System.nanoTime();
        try (Statement statement = old.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT sender, start_time, end_time, points FROM raw ORDER BY id")) {
            while (row.next()) {
                long sender = row.getLong(1);
                Sender known = senders.get(sender);
                if (known == null) {
                    continue;
                }
                // Numbers only so that the window keeps its start; the real ones come with the senders.
                Batch.Cursor cursor = Boolean.TRUE.equals(numbered.get(sender))
                        ? new Batch.Cursor("m", numbers.merge(sender, 1L, Long::sum))
                        : null;
                group.add(new Batch(
                        known,
                        cursor,
                        Instant.ofEpochMilli(row.getLong(2)),
                        Instant.ofEpochMilli(row.getLong(3)),
                        points(row.getBytes(4))));
                rows++;
                if (group.size() == GROUP) {
                    writer.write(raw, group, 0);
                    group.clear();
                    if (System.nanoTime() - told > TELL_NANOS) {
                        told = System.nanoTime();
                        LOG.info("Taking over {}: {} windows so far", file, rows);
                    }
                }
            }
        } finally {
            writer.write(raw, group, 0);
        }
    }

    private List<Point> points(byte[] blob) {
        List<Point> points = new ArrayList<>();
        BlobReader in = new BlobReader(blob);
        while (in.hasMore()) {
            SeriesKey key = series.get(in.smallVarint());
            if (key == null) {
                throw new DamagedException("a window names a series that is not there");
            }
            points.add(new Point(key, ValueCodec.read(in)));
        }
        return points;
    }

    private static void copySenders(Connection old, Connection raw) throws SQLException {
        try (Statement statement = old.createStatement();
                Statement clear = raw.createStatement()) {
            clear.executeUpdate("DELETE FROM cursor");
            copyRows(statement, """
                    SELECT first_report, last_report, streams, service.name, instance
                    FROM sender JOIN service ON service.id = sender.service
                    """, raw, """
                    UPDATE sender SET first_report = ?, last_report = ?, streams = ?
                    WHERE service = (SELECT id FROM service WHERE name = ?) AND instance = ?
                    """);
            copyRows(statement, """
                    SELECT signal, sequence, gaps, duplicates, service.name, instance FROM cursor
                    JOIN sender ON sender.id = cursor.sender JOIN service ON service.id = sender.service
                    """, raw, """
                    INSERT INTO cursor (signal, sequence, gaps, duplicates, sender) SELECT ?, ?, ?, ?, sender.id
                    FROM sender JOIN service ON service.id = sender.service WHERE service.name = ? AND instance = ?
                    """);
        }
    }

    private static void copyRows(Statement from, String query, Connection to, String update) throws SQLException {
        try (ResultSet row = from.executeQuery(query);
                PreparedStatement copy = to.prepareStatement(update)) {
            int columns = row.getMetaData().getColumnCount();
            while (row.next()) {
                for (int column = 1; column <= columns; column++) {
                    copy.setObject(column, row.getObject(column));
                }
                copy.executeUpdate();
            }
        }
    }

    private void copySettings(Connection old) {
        directory.state().write(state -> {
            try (Statement statement = old.createStatement()) {
                copyRows(
                        statement,
                        "SELECT kind, name, text FROM setting",
                        state,
                        "INSERT OR IGNORE INTO setting (kind, name, text) VALUES (?, ?, ?)");
            }
            return 0;
        });
    }
}
