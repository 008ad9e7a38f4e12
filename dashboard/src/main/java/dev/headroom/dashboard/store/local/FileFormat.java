package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.StoreUnusableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The number of the files' layout, which every file carries. Stateless and thread-safe. */
final class FileFormat {
    /** 1 was the single metrics.db. */
    static final int CURRENT = 2;

    private static final String UNFINISHED = ".new";

    private FileFormat() {}

    /**
     * Creates the file with its tables under another name first: a file of the final name is whole, however suddenly the process
     * ended.
     */
    static void create(Path directory, String name, List<String> tables) throws SQLException, IOException {
        create(directory, name, tables, connection -> {});
    }

    /** What a file begins with, in the transaction that makes its tables. */
    interface Filling {
        void into(Connection connection) throws SQLException;
    }

    static void create(Path directory, String name, List<String> tables, Filling filling)
            throws SQLException, IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve(name);
        Path unfinished = Path.of(file + UNFINISHED);
        SqliteFile.deleteAll(unfinished);
        try (Connection connection = SqliteConnections.toCreate(unfinished)) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                for (String table : tables) {
                    statement.executeUpdate(table);
                }
                statement.executeUpdate("PRAGMA user_version = " + CURRENT);
            }
            filling.into(connection);
            connection.commit();
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        syncNames(directory);
    }

    /** Deletes what a process left that ended while it created files. */
    static boolean unfinished(Path file) {
        return file.getFileName().toString().contains(UNFINISHED);
    }

    /** Makes new names durable; a new file's rows would go with its name. */
    private static void syncNames(Path directory) {
        try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
            names.force(true);
        } catch (IOException ignored) {
            // Windows opens no directories, and needs no such call
        }
    }

    /**
     * @throws DamagedException when it is no file of a store
     * @throws StoreUnusableException when a newer dashboard wrote it
     */
    static void check(Connection connection, Path file) throws SQLException {
        int format;
        try (Statement statement = connection.createStatement();
                var row = statement.executeQuery("PRAGMA user_version")) {
            format = row.next() ? row.getInt(1) : 0;
        }
        if (format > CURRENT) {
            throw new StoreUnusableException(
                    "The store's file " + file.toAbsolutePath() + " was written by a newer dashboard (format " + format
                            + ", this one knows " + CURRENT
                            + "). Start that version, or set headroom.store.path to another directory.",
                    null);
        }
        if (format < CURRENT) {
            throw new DamagedException("the file holds nothing of a store (format " + format + ")");
        }
    }
}
