package dev.headroom.dashboard.store.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/**
 * Reading connections of every file of the store. They are opened when needed; at most {@value #IDLE} wait for their next use, the
 * least recently used are closed, so that neither descriptors nor page caches add up over the files. Thread-safe.
 */
final class SqliteConnections implements AutoCloseable {
    private static final int IDLE = 24;
    private static final int PAGE_BYTES = 16_384;
    private static final int READER_CACHE_KIB = 1_024;
    private static final int WRITER_CACHE_KIB = 8_192;
    private static final int LOG_LIMIT_BYTES = 32 << 20;

    private record Idle(Path file, Connection connection, long sinceNanos) {}

    private final Object lock = new Object();
    /** Newest first. */
    private final Deque<Idle> idle = new ArrayDeque<>();

    private boolean closed;

    /** A connection to an existing file, with a log that is synced before a commit is answered. */
    static Connection toWrite(Path file) throws SQLException {
        SQLiteConfig config = config();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setJournalSizeLimit(LOG_LIMIT_BYTES);
        config.setCacheSize(-WRITER_CACHE_KIB);
        return config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
    }

    /** A connection to a file that nobody else knows yet. */
    static Connection toCreate(Path file) throws SQLException {
        return config().createConnection("jdbc:sqlite:" + file.toAbsolutePath());
    }

    /** An idle connection to the file, or a new one; never creates the file. */
    Connection borrow(Path file) throws SQLException {
        synchronized (lock) {
            for (Iterator<Idle> each = idle.iterator(); each.hasNext(); ) {
                Idle waiting = each.next();
                if (waiting.file.equals(file)) {
                    each.remove();
                    return waiting.connection;
                }
            }
        }
        return toRead(file);
    }

    /** A connection of one's own that never creates the file; a damaged one may show as DamagedException. */
    static Connection toRead(Path file) throws SQLException {
        try {
            return open("jdbc:sqlite:" + file.toAbsolutePath(), file);
        } catch (SQLException failure) {
            if (!SqliteFailure.of(failure).disk() || logSize(file) > 0) {
                throw failure;
            }
            // A full or read-only disk has no room for the log's index; without a log the file does not need one.
            return open("jdbc:sqlite:" + file.toUri() + "?immutable=1", file);
        }
    }

    /** The single file of an earlier dashboard, whatever its format says. */
    static Connection toTakeOver(Path file) throws SQLException {
        SQLiteConfig config = config();
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        return config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
    }

    private static Connection open(String url, Path file) throws SQLException {
        SQLiteConfig config = config();
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setCacheSize(-READER_CACHE_KIB);
        Connection connection = config.createConnection(url);
        try {
            FileFormat.check(connection, file);
            return connection;
        } catch (SQLException | RuntimeException failure) {
            close(connection);
            throw failure;
        }
    }

    /** What was committed and is not in the file itself yet. */
    private static long logSize(Path file) {
        try {
            return Files.size(Path.of(file + SqliteFile.LOG));
        } catch (IOException absent) {
            return 0;
        }
    }

    private static SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setPageSize(PAGE_BYTES);
        config.setBusyTimeout(10_000);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        return config;
    }

    void giveBack(Path file, Connection connection) {
        Connection tooMany = null;
        synchronized (lock) {
            if (closed) {
                tooMany = connection;
            } else {
                idle.addFirst(new Idle(file, connection, System.nanoTime()));
                if (idle.size() > IDLE) {
                    tooMany = idle.removeLast().connection;
                }
            }
        }
        close(tooMany);
    }

    /** Closes what waits for this file. */
    void forget(Path file) {
        removeIdle(waiting -> waiting.file.equals(file));
    }

    /** Closes what has waited longer. */
    void forgetIdle(long nanos) {
        long now = System.nanoTime();
        removeIdle(waiting -> now - waiting.sinceNanos > nanos);
    }

    private void removeIdle(Predicate<Idle> which) {
        List<Connection> leaving = new ArrayList<>();
        synchronized (lock) {
            for (Iterator<Idle> each = idle.iterator(); each.hasNext(); ) {
                Idle waiting = each.next();
                if (which.test(waiting)) {
                    each.remove();
                    leaving.add(waiting.connection);
                }
            }
        }
        leaving.forEach(SqliteConnections::close);
    }

    static void close(@Nullable Connection connection) {
        if (connection == null) {
            return;
        }
        try {
            connection.close();
        } catch (SQLException ignored) {
            // closing is the last thing done with it; what was committed is on disk
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
        }
        removeIdle(any -> true);
    }
}
