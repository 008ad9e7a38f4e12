package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.Delivery;
import dev.headroom.dashboard.store.EventStore;
import dev.headroom.dashboard.store.ExampleSearch;
import dev.headroom.dashboard.store.Ledger;
import dev.headroom.dashboard.store.MetricStore.Outcome;
import dev.headroom.dashboard.store.Sender;
import dev.headroom.dashboard.store.StoreUnusableException;
import dev.headroom.dashboard.store.TimeRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Examples in a file of their own, with the cursors of their senders: a request's events and its number are one transaction. Beyond
 * its bytes the oldest events leave; pages are used again, so the file stays about that large. A damaged file is set aside and an
 * empty one begun: then numbers that were stored in it count as new, and examples are the only thing that can come twice. Opened
 * by the first event. Thread-safe.
 */
public final class EventFile implements EventStore {
    static final String NAME = "events.db";

    private static final Logger LOG = LoggerFactory.getLogger(EventFile.class);
    private static final long IDLE_CURSOR_MILLIS = Duration.ofDays(7).toMillis();
    private static final long FORGET_MILLIS = Duration.ofHours(1).toMillis();
    private static final int LEAVE_AT_ONCE = 500;
    private static final int MOST = 1_000;

    private final Path directory;
    private final long maxBytes;
    private final InstantSource clock;
    private final SqliteConnections connections = new SqliteConnections();
    private final Object opening = new Object();
    private @Nullable SqliteFile open;
    private volatile long nextForgetMillis;
    private volatile @Nullable Statements prepared;

    /** @param maxBytes of the events' texts; their index and what is free comes on top, about a quarter */
    public EventFile(Path directory, long maxBytes, InstantSource clock) {
        this.directory = directory;
        this.maxBytes = maxBytes;
        this.clock = clock;
    }

    private SqliteFile file() {
        synchronized (opening) {
            SqliteFile file = open;
            return file != null ? file : opened(true);
        }
    }

    /** @param again a damaged file was not set aside yet: that is done, and the next one opened */
    private SqliteFile opened(boolean again) {
        Path path = directory.resolve(NAME);
        if (!Files.exists(path)) {
            create();
        }
        SqliteFile file = new SqliteFile(path, connections, new Keeper());
        open = file;
        try {
            file.write(EventFile::addExamples);
            return file;
        } catch (StoreUnusableException refused) {
            if (open == null && again) {
                return opened(false);
            }
            open = null;
            file.retire(() -> {});
            throw refused;
        }
    }

    private static int addExamples(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table : EventTables.EXAMPLES) {
                statement.executeUpdate(table);
            }
        }
        return EventTables.EXAMPLES.size();
    }

    private void create() {
        try {
            FileFormat.create(directory, NAME, EventTables.ALL);
        } catch (SQLException | IOException failure) {
            throw new StoreUnusableException(
                    "The store's file " + directory.resolve(NAME).toAbsolutePath() + " cannot be created: "
                            + failure.getMessage() + ". Make room on its disk, or set headroom.store.path.",
                    failure);
        }
    }

    /** Reading must not create the file. */
    private boolean absent() {
        synchronized (opening) {
            return open == null && !Files.exists(directory.resolve(NAME));
        }
    }

    @Override
    public Outcome append(Sender sender, Batch.Cursor cursor, Delivery delivery, List<Event> events) {
        return file().write(connection -> {
            Statements statements = statements(connection);
            EventTables tables = new EventTables(statements);
            long service = tables.service(sender.service());
            long id = tables.sender(service, sender, clock.millis());
            long before = tables.sequence(id, cursor.signal());
            if (cursor.sequence() <= before) {
                tables.countDuplicate(id, cursor.signal());
                return new Outcome.Duplicate(before);
            }
            tables.moveCursor(id, cursor, cursor.sequence() - before - 1);
            // Examples are moments: between two requests nothing is missing, so that the ledger has no time, only
            // numbers.
            Instant arrived = delivery.arrived();
            LedgerTable.add(statements, id, new Batch(sender, cursor, arrived, arrived, List.of()), delivery);
            for (Event event : events) {
                tables.insert(service, id, event);
            }
            makeRoom(tables);
            if (clock.millis() >= nextForgetMillis) {
                nextForgetMillis = clock.millis() + FORGET_MILLIS;
                tables.forgetSenders(clock.millis() - IDLE_CURSOR_MILLIS);
            }
            return new Outcome.Stored();
        });
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

    private void makeRoom(EventTables tables) throws SQLException {
        long bytes = tables.bytes();
        while (bytes > maxBytes) {
            long freed = tables.deleteOldest(LEAVE_AT_ONCE);
            if (freed == 0) {
                return;
            }
            bytes -= freed;
        }
    }

    @Override
    public List<Kept> newest(String service, Set<String> kinds, TimeRange range, int most) {
        if (most < 1 || most > MOST) {
            throw new IllegalArgumentException(most + " events were asked for; expected 1 to " + MOST);
        }
        if (absent()) {
            return List.of();
        }
        return file().read(connection -> newest(connection, service, kinds, range, most))
                .orElse(List.of());
    }

    private static List<Kept> newest(
            Connection connection, String service, Set<String> kinds, TimeRange range, int most) throws SQLException {
        List<Kept> newest = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("""
                SELECT service.name, instance, time, kind, attributes, body
                FROM service JOIN event ON event.service = service.id JOIN sender ON sender.id = event.sender
                WHERE service.name = ? AND time > ? AND time <= ? ORDER BY time DESC, event.id DESC
                """)) {
            query.setString(1, service);
            query.setLong(2, range.from().toEpochMilli());
            query.setLong(3, range.to().toEpochMilli());
            try (ResultSet rows = query.executeQuery()) {
                while (newest.size() < most && rows.next()) {
                    if (kinds.isEmpty() || kinds.contains(rows.getString(4))) {
                        newest.add(kept(rows));
                    }
                }
            }
        }
        return newest;
    }

    static Kept kept(ResultSet row) throws SQLException {
        return new Kept(
                row.getString(1),
                row.getString(2),
                new Event(
                        Instant.ofEpochMilli(row.getLong(3)),
                        row.getString(4),
                        Keys.readMap(row.getBytes(5)),
                        row.getString(6)));
    }

    @Override
    public List<Kept> examples(ExampleSearch search) {
        return absent()
                ? List.of()
                : file().read(connection -> ExampleReading.examples(connection, search))
                        .orElse(List.of());
    }

    @Override
    public @Nullable Kept example(String id) {
        return absent()
                ? null
                : file().read(connection -> ExampleReading.example(connection, id)).stream()
                        .flatMap(List::stream)
                        .findFirst()
                        .orElse(null);
    }

    @Override
    public List<Ledger> ledgers(String service) {
        return absent()
                ? List.of()
                : file().read(connection -> LedgerTable.read(connection, service))
                        .orElse(List.of());
    }

    @Override
    public void close() {
        SqliteFile file;
        synchronized (opening) {
            file = open;
        }
        if (file != null) {
            file.retire(() -> {});
        }
        connections.close();
    }

    private final class Keeper implements SqliteFile.Keeper {
        @Override
        public void lost(SqliteFile lost, String error) {
            synchronized (opening) {
                if (lost != open) {
                    return;
                }
                open = null;
            }
            lost.retire(() -> setAside(lost, error));
        }

        private void setAside(SqliteFile lost, String error) {
            Path aside = AsideFiles.free(lost.path());
            try {
                SqliteFile.moveAll(lost.path(), aside);
                SqliteFile.deleteAll(lost.path());
                LOG.error("Examples were damaged ({}); the file is {} now and an empty one begins", error, aside);
            } catch (IOException failure) {
                LOG.error("Examples are damaged ({}) and cannot be set aside: {}", error, failure.toString());
            }
        }

        @Override
        public void refused(SqliteFile refused, SqliteFailure failure, String error) {
            // whoever asked is told by the exception
        }
    }
}
