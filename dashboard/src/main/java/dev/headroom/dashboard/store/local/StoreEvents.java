package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.StoreStatus.Event;
import dev.headroom.dashboard.store.StoreStatus.Kind;
import dev.headroom.dashboard.store.StoreUnusableException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happened to the store: told in the log at once, remembered in memory, written down when the disk allows. Only the newest
 * {@value #REMEMBERED} are remembered. Thread-safe; only {@link #save} and {@link #load} wait for the disk.
 */
final class StoreEvents {
    private static final Logger LOG = LoggerFactory.getLogger(StoreEvents.class);
    private static final int REMEMBERED = 200;
    private static final Duration REPEAT = Duration.ofHours(1);

    private final InstantSource clock;
    private final Object lock = new Object();
    /** Oldest first. */
    private final List<Event> events = new ArrayList<>();

    private final List<Event> unsaved = new ArrayList<>();
    private final Map<String, Instant> toldLast = new HashMap<>();

    StoreEvents(InstantSource clock) {
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    void lost(PeriodFile file, String error, long bytes) {
        LOG.error(
                "The store's file {} ({} bytes) is damaged or gone. It was set aside; {} of {} to {} is lost, the rest goes on: {}",
                file,
                bytes,
                file.tier().title(),
                file.start(),
                file.end(),
                error);
        add(Kind.DAMAGED, file, bytes, error);
    }

    void stateLost(Path aside, String error) {
        LOG.error(
                "The file with settings and accounts was damaged and is {} now; an empty one was begun. Restore it from a backup: {}",
                aside,
                error);
        add(new Event(now(), Kind.DAMAGED, "", StateFile.NAME, null, null, 0, error));
    }

    void oldLost(Path aside, String error, long bytes) {
        LOG.error("The store of an earlier dashboard is damaged and is {} now; it is not taken over: {}", aside, error);
        add(new Event(now(), Kind.DAMAGED, "", FormatOne.NAME, null, null, bytes, error));
    }

    void removedEarly(PeriodFile file, long bytes, String reason) {
        LOG.warn(
                "Removed {} ({} bytes) before its time: {}; {} reaches back to {} now",
                file,
                bytes,
                reason,
                file.tier().title(),
                file.end());
        add(Kind.REMOVED_EARLY, file, bytes, reason);
    }

    /** Single rows whose check sum is wrong; readers skip them. */
    void damagedRow(PeriodFile file, String error) {
        if (first("row " + file)) {
            LOG.error("The store's file {} has damaged rows, which are skipped: {}", file, error);
            add(Kind.DAMAGED_ROWS, file, 0, error);
        }
    }

    void refused(Path file, SqliteFailure failure, String error) {
        String name = String.valueOf(file.getFileName());
        if (first("refused " + name)) {
            LOG.warn("The disk refuses the store's file {} ({}): {}", name, failure, error);
            add(new Event(now(), Kind.UNREADABLE, "", name, null, null, 0, error));
        }
    }

    void refusing(String reason) {
        LOG.error("Nothing is stored for now, senders keep what they have: {}", reason);
        add(new Event(now(), Kind.REFUSED, "", "", null, null, 0, reason));
    }

    void accepting() {
        LOG.info("There is room again: the store takes measurements");
    }

    void takenOver(String file, long bytes, String what) {
        LOG.info("Took over {} ({} bytes): {}", file, bytes, what);
        add(new Event(now(), Kind.TAKEN_OVER, "", file, null, null, bytes, what));
    }

    void notDeleted(Path file, IOException failure) {
        if (first("undeleted " + file)) {
            LOG.warn("The store's file {} could not be deleted or set aside: {}", file, failure.toString());
        }
    }

    /** True once an hour for each subject. */
    private boolean first(String subject) {
        Instant now = now();
        synchronized (lock) {
            Instant before = toldLast.get(subject);
            if (before != null && before.plus(REPEAT).isAfter(now)) {
                return false;
            }
            toldLast.put(subject, now);
            return true;
        }
    }

    private void add(Kind kind, PeriodFile file, long bytes, String reason) {
        add(new Event(now(), kind, file.tier().title(), file.toString(), file.start(), file.end(), bytes, reason));
    }

    private void add(Event event) {
        synchronized (lock) {
            events.add(event);
            unsaved.add(event);
            if (events.size() > REMEMBERED) {
                events.remove(0);
            }
            if (unsaved.size() > REMEMBERED) {
                unsaved.remove(0);
            }
        }
    }

    /** Newest first. */
    List<Event> all() {
        List<Event> newestFirst;
        synchronized (lock) {
            newestFirst = new ArrayList<>(events);
        }
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    /** What earlier processes wrote down. */
    void load(StateFile state) {
        List<Event> earlier = state.read(StoreEvents::select).orElse(List.of());
        synchronized (lock) {
            events.addAll(0, earlier);
        }
    }

    private static List<Event> select(Connection connection) throws SQLException {
        List<Event> earlier = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(
                        "SELECT time, kind, tier, file, from_time, to_time, bytes, reason FROM event ORDER BY id");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                earlier.add(new Event(
                        Instant.ofEpochMilli(rows.getLong(1)),
                        Kind.valueOf(rows.getString(2)),
                        rows.getString(3),
                        rows.getString(4),
                        time(rows, 5),
                        time(rows, 6),
                        rows.getLong(7),
                        rows.getString(8)));
            }
        }
        return earlier;
    }

    private static @Nullable Instant time(ResultSet row, int column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    /** Writes down what is new; what the disk refuses is tried again the next time. */
    void save(StateFile state) {
        List<Event> saving;
        synchronized (lock) {
            saving = List.copyOf(unsaved);
        }
        if (saving.isEmpty()) {
            return;
        }
        try {
            state.write(connection -> insert(connection, saving));
        } catch (StoreUnusableException refused) {
            return;
        }
        synchronized (lock) {
            unsaved.removeAll(saving);
        }
    }

    private static int insert(Connection connection, List<Event> saving) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO event (time, kind, tier, file, from_time, to_time, bytes, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (Event event : saving) {
                insert.setLong(1, event.time().toEpochMilli());
                insert.setString(2, event.kind().name());
                insert.setString(3, event.tier());
                insert.setString(4, event.file());
                set(insert, 5, event.from());
                set(insert, 6, event.to());
                insert.setLong(7, event.bytes());
                insert.setString(8, event.reason());
                insert.executeUpdate();
            }
        }
        try (PreparedStatement trim =
                connection.prepareStatement("DELETE FROM event WHERE id <= (SELECT max(id) FROM event) - ?")) {
            trim.setInt(1, REMEMBERED);
            return trim.executeUpdate();
        }
    }

    private static void set(PreparedStatement statement, int column, @Nullable Instant time) throws SQLException {
        if (time == null) {
            statement.setNull(column, Types.BIGINT);
        } else {
            statement.setLong(column, time.toEpochMilli());
        }
    }
}
