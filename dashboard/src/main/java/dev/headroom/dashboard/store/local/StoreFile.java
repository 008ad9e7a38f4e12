package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.StoreUnusableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/**
 * The SQLite file, its lock and its connections: one that writes, a few that read. Thread-safe, but {@link #writer} belongs to one
 * thread at a time.
 *
 * <p>The write-ahead log is synced on every commit: without, a power cut takes back what was answered already.
 */
final class StoreFile implements AutoCloseable {
    static final String FILE_NAME = "metrics.db";
    private static final String LOCK_NAME = "dashboard.lock";
    private static final int READERS = 4;
    private static final int FORMAT = 1;

    interface Query<T> {
        T run(Connection connection) throws SQLException;
    }

    private final Path file;
    private final FileChannel lockChannel;
    private final Connection writer;
    private final BlockingQueue<Connection> readers = new LinkedBlockingQueue<>();

    private StoreFile(Path file, FileChannel lockChannel, Connection writer, List<Connection> readers) {
        this.file = file;
        this.lockChannel = lockChannel;
        this.writer = writer;
        this.readers.addAll(readers);
    }

    /** @throws StoreUnusableException when the directory or the file cannot be used */
    static StoreFile open(Path directory) {
        Path file = directory.resolve(FILE_NAME);
        FileChannel lock = lock(directory);
        List<Connection> opened = new ArrayList<>();
        try {
            Connection writer = connect(file);
            opened.add(writer);
            createTables(writer, file);
            for (int i = 0; i < READERS; i++) {
                opened.add(connect(file));
            }
            return new StoreFile(file, lock, writer, opened.subList(1, opened.size()));
        } catch (SQLException | RuntimeException failure) {
            closeQuietly(opened, lock);
            if (failure instanceof StoreUnusableException unusable) {
                throw unusable;
            }
            throw unusable(file, failure);
        }
    }

    private static FileChannel lock(Path directory) {
        FileChannel channel;
        try {
            Files.createDirectories(directory);
            channel =
                    FileChannel.open(directory.resolve(LOCK_NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException failure) {
            throw new StoreUnusableException(
                    "Cannot write to the store's directory " + directory.toAbsolutePath() + " (" + failure
                            + "). Set headroom.store.path (HEADROOM_STORE_PATH) to a directory that this user may write to.",
                    failure);
        }
        try {
            FileLock held = channel.tryLock();
            if (held != null) {
                return channel;
            }
        } catch (OverlappingFileLockException | IOException ignored) {
            // held within this process, or not to be had: both are answered below
        }
        closeQuietly(List.of(), channel);
        throw new StoreUnusableException(
                "The store " + directory.toAbsolutePath()
                        + " is in use by another dashboard. Stop that one, or give this one its own headroom.store.path (HEADROOM_STORE_PATH).",
                null);
    }

    private static Connection connect(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setPageSize(16384);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setBusyTimeout(10_000);
        return config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
    }

    private static void createTables(Connection connection, Path file) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            int format;
            try (var row = statement.executeQuery("PRAGMA user_version")) {
                format = row.next() ? row.getInt(1) : 0;
            }
            if (format > FORMAT) {
                throw new StoreUnusableException(
                        "The store " + file.toAbsolutePath() + " was written by a newer dashboard (format " + format
                                + ", this one knows " + FORMAT
                                + "). Start that version, or set headroom.store.path to another directory.",
                        null);
            }
            for (String table : Tables.ALL) {
                statement.executeUpdate(table);
            }
            statement.executeUpdate("PRAGMA user_version = " + FORMAT);
        }
    }

    Connection writer() {
        return writer;
    }

    /** Runs on one of the reading connections; waits while all are taken. */
    <T> T read(Query<T> query) {
        @Nullable Connection connection = null;
        try {
            connection = readers.take();
            return query.run(connection);
        } catch (SQLException failure) {
            throw unusable(file, failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StoreUnusableException("Interrupted while waiting to read " + file, interrupted);
        } finally {
            if (connection != null) {
                readers.add(connection);
            }
        }
    }

    StoreUnusableException unusable(Exception failure) {
        return unusable(file, failure);
    }

    private static StoreUnusableException unusable(Path file, Exception failure) {
        return new StoreUnusableException(
                "The store " + file.toAbsolutePath() + " cannot be used: " + failure.getMessage()
                        + ". If the file is damaged, move it away (a new one is begun) and restart the dashboard.",
                failure);
    }

    @Override
    public void close() {
        List<Connection> all = new ArrayList<>();
        readers.drainTo(all);
        all.add(writer);
        closeQuietly(all, lockChannel);
    }

    private static void closeQuietly(List<Connection> connections, FileChannel lock) {
        for (Connection connection : connections) {
            try {
                connection.close();
            } catch (SQLException ignored) {
                // closing is the last thing done with it; what was committed is on disk
            }
        }
        try {
            lock.close();
        } catch (IOException ignored) {
            // the system lets go of the lock with the process
        }
    }
}
