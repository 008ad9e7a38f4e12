package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.StoreUnusableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One file: many read it at a time, one writes. Its connections are opened when they are first needed. A file that turns out to be
 * damaged, or that leaves, ends only when its last reader has finished; until then new readers find nothing in it. Thread-safe.
 */
final class SqliteFile {
    static final String LOG = "-wal";
    private static final String LOG_INDEX = "-shm";
    private static final List<String> SUFFIXES = List.of("", LOG, LOG_INDEX, "-journal");

    interface Query<T> {
        T run(Connection connection) throws SQLException;
    }

    /** Told of what becomes of the file; calls {@link #retire} when it is not to be used again. */
    interface Keeper {
        /** What is in it cannot be true, or it is gone. */
        void lost(SqliteFile file, String error);

        /** The disk refused to read or write it. */
        void refused(SqliteFile file, SqliteFailure failure, String error);
    }

    private final Path path;
    private final SqliteConnections connections;
    private final Keeper keeper;

    private final ReentrantLock writing = new ReentrantLock();
    private @Nullable Connection writer;
    private @Nullable Object writtenKey;
    private volatile long writtenNanos;

    private final Object leases = new Object();
    private int users;
    private @Nullable Runnable ending;
    private boolean ended;

    SqliteFile(Path path, SqliteConnections connections, Keeper keeper) {
        this.path = path;
        this.connections = connections;
        this.keeper = keeper;
    }

    Path path() {
        return path;
    }

    /** Empty when the file is damaged, unreadable or has left; the keeper was told. */
    <T> Optional<T> read(Query<T> query) {
        if (!enter()) {
            return Optional.empty();
        }
        Connection connection = null;
        boolean sound = false;
        try {
            connection = connections.borrow(path);
            T result = query.run(connection);
            sound = true;
            return Optional.of(result);
        } catch (SQLException | DamagedException failure) {
            if (!told(failure)) {
                throw unusable(failure);
            }
            return Optional.empty();
        } finally {
            if (sound && connection != null) {
                connections.giveBack(path, connection);
            } else {
                SqliteConnections.close(connection);
            }
            leave();
        }
    }

    /**
     * Runs the query in a transaction that is durable on return. Waits for another writer of the file.
     *
     * @throws StoreUnusableException when nothing was written: the disk refuses, or the file is damaged and was set aside, so that
     *     the next attempt finds another one
     */
    <T> T write(Query<T> query) {
        if (!enter()) {
            throw new StoreUnusableException(
                    path + " was set aside a moment ago; the next attempt finds another file", null);
        }
        writing.lock();
        try {
            Connection connection = writer();
            connection.setAutoCommit(false);
            T result = query.run(connection);
            connection.commit();
            connection.setAutoCommit(true);
            return result;
        } catch (SQLException | RuntimeException failure) {
            abandon();
            if (failure instanceof RuntimeException other && !(failure instanceof DamagedException)) {
                throw other;
            }
            told(failure);
            throw unusable(failure);
        } finally {
            writtenNanos = System.nanoTime();
            writing.unlock();
            leave();
        }
    }

    private Connection writer() throws SQLException {
        Object key = key();
        if (key == null || (writtenKey != null && !writtenKey.equals(key))) {
            throw new DamagedException("the file was deleted or replaced while it was in use");
        }
        Connection open = writer;
        if (open == null) {
            open = SqliteConnections.toWrite(path);
            writer = open;
            FileFormat.check(open, path);
            writtenKey = key;
        }
        return open;
    }

    /** What tells this file from another one of its name; null when there is none. */
    private @Nullable Object key() {
        try {
            Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
            return key == null ? path : key;
        } catch (IOException absent) {
            return null;
        }
    }

    private void abandon() {
        Connection failed = writer;
        writer = null;
        writtenKey = null;
        if (failed == null) {
            return;
        }
        try {
            failed.rollback();
        } catch (SQLException ignored) {
            // closing it takes the transaction back too
        }
        SqliteConnections.close(failed);
    }

    /** False when the failure says nothing about the file or its disk. */
    private boolean told(Exception failure) {
        SqliteFailure meaning = SqliteFailure.of(failure);
        String error = String.valueOf(failure.getMessage());
        if (meaning == SqliteFailure.DAMAGED) {
            keeper.lost(this, error);
        } else if (meaning.disk() && !Files.exists(path)) {
            keeper.lost(this, "the file was deleted while it was in use");
        } else if (meaning.disk()) {
            keeper.refused(this, meaning, error);
        }
        return meaning != SqliteFailure.OTHER;
    }

    private StoreUnusableException unusable(Exception failure) {
        return new StoreUnusableException(
                "The store's file " + path.toAbsolutePath() + " cannot be used: " + failure.getMessage(), failure);
    }

    private boolean enter() {
        synchronized (leases) {
            if (ending != null) {
                return false;
            }
            users++;
            return true;
        }
    }

    private void leave() {
        Runnable last = null;
        synchronized (leases) {
            users--;
            if (users == 0) {
                last = ending;
            }
        }
        if (last != null) {
            end(last);
        }
    }

    /**
     * Nobody may use it any more; {@code then} runs when nobody does and its connections are closed, on this thread or on that of
     * the last reader. Only the first call counts.
     */
    void retire(Runnable then) {
        synchronized (leases) {
            if (ending != null) {
                return;
            }
            ending = then;
            if (users > 0) {
                return;
            }
        }
        end(then);
    }

    private void end(Runnable then) {
        writing.lock();
        try {
            SqliteConnections.close(writer);
            writer = null;
        } finally {
            writing.unlock();
        }
        connections.forget(path);
        try {
            then.run();
        } finally {
            synchronized (leases) {
                ended = true;
                leases.notifyAll();
            }
        }
    }

    /** Waits until a retired file has ended; false when that takes longer. */
    boolean awaitEnd(long millis) {
        long deadline = System.nanoTime() + millis * 1_000_000;
        synchronized (leases) {
            while (!ended) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return false;
                }
                try {
                    leases.wait(left);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
            return true;
        }
    }

    /** Closes the writing connection when it has not been used for so long; its log goes into the file then. */
    void closeIdleWriter(long nanos) {
        if (System.nanoTime() - writtenNanos < nanos || !writing.tryLock()) {
            return;
        }
        try {
            SqliteConnections.close(writer);
            writer = null;
        } finally {
            writing.unlock();
        }
    }

    /** With its log. */
    long bytes() {
        long bytes = 0;
        for (String suffix : SUFFIXES) {
            try {
                bytes += Files.size(Path.of(path + suffix));
            } catch (IOException ignored) {
                // not there, which is no bytes
            }
        }
        return bytes;
    }

    /** The file and what SQLite keeps beside it. */
    static void deleteAll(Path path) throws IOException {
        for (String suffix : SUFFIXES) {
            Files.deleteIfExists(Path.of(path + suffix));
        }
    }

    /** Renames the file together with its log, so that another tool can still open it. */
    static void moveAll(Path path, Path target) throws IOException {
        Files.deleteIfExists(Path.of(path + LOG_INDEX));
        for (String suffix : List.of(LOG, "")) {
            Path from = Path.of(path + suffix);
            if (Files.exists(from)) {
                Files.move(from, Path.of(target + suffix));
            }
        }
    }
}
