package dev.headroom.dashboard.store.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/**
 * Copies a store while a dashboard writes it, each file as it is at one moment. Raw files come first: what they had not rolled up by
 * then is noted in their copies and rolled up again after a restore, and what coarser files got afterwards from the newest raw file
 * is taken out of their copies. So the copy is the store as it was when the newest raw file was read, and nothing in it counts twice.
 */
public final class StoreBackup {
    private final Path store;
    private final Path target;
    private final Progress progress;
    private final Consumer<String> console;

    /**
     * @param store directory of a store, in use or not
     * @param target a directory that does not exist yet or is empty
     * @param console told what happens, in lines
     */
    public StoreBackup(Path store, Path target, Consumer<String> console) {
        this.store = store;
        this.target = target;
        this.console = console;
        this.progress = new Progress(console);
    }

    /** A file to copy, of a tier or none. */
    private record Source(
            Path path, @Nullable Tier tier, @Nullable Instant start) {
        long bytes() {
            try {
                return Files.size(path);
            } catch (IOException gone) {
                return 0;
            }
        }
    }

    /**
     * Returns how many files could not be copied because they are damaged.
     *
     * @throws StoreCopyException when there is no backup afterwards; the message says why and what to do
     */
    public int run() {
        List<Source> sources = sources();
        if (sources.isEmpty()) {
            throw new StoreCopyException(
                    store.toAbsolutePath()
                            + " holds no store: expected files such as state.db and raw-20261121T120000.db. Name the directory of headroom.store.path.");
        }
        Path unfinished = Path.of(target.toAbsolutePath().normalize() + ".unfinished");
        try {
            requireNew(target);
            deleteDirectory(unfinished);
            Files.createDirectories(unfinished);
            int damaged = copy(sources, unfinished);
            BackupList.write(unfinished);
            Files.deleteIfExists(target);
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
            return damaged;
        } catch (IOException failure) {
            throw new StoreCopyException("The backup to " + target.toAbsolutePath() + " failed: " + failure
                    + ". What was copied is in " + unfinished + "; delete it, and try again.");
        }
    }

    private int copy(List<Source> sources, Path into) throws IOException {
        Instant newestRaw = sources.stream()
                .filter(source -> source.tier == Tier.RAW && source.start != null)
                .map(source -> source.start == null ? Instant.EPOCH : source.start)
                .max(Comparator.naturalOrder())
                .orElse(Instant.MAX);
        progress.expect(
                sources.size(), sources.stream().mapToLong(Source::bytes).sum());
        int damaged = 0;
        for (Source source : sources) {
            Path copy = into.resolve(source.path.getFileName());
            boolean mayBeNewer = source.tier != null && source.tier != Tier.RAW && writtenSince(source.path, newestRaw);
            long bytes = source.bytes();
            try {
                copy(source.path, copy);
                if (source.tier == Tier.RAW && newestRaw.equals(source.start)) {
                    edit(copy, RollUpNotes::again);
                } else if (mayBeNewer) {
                    edit(copy, connection -> RollUpNotes.forget(connection, newestRaw.getEpochSecond()));
                }
            } catch (SQLException failure) {
                Files.deleteIfExists(copy);
                if (!Files.exists(source.path)) {
                    continue; // its time was over
                }
                if (SqliteFailure.of(failure) != SqliteFailure.DAMAGED) {
                    throw new StoreCopyException("The backup failed at " + source.path + ": " + failure.getMessage());
                }
                damaged++;
                console.accept("Left out " + source.path + ", which is damaged: " + failure.getMessage());
            }
            progress.did(bytes);
        }
        return damaged;
    }

    private static boolean writtenSince(Path file, Instant time) {
        for (String suffix : List.of("", SqliteFile.LOG)) {
            try {
                Instant written =
                        Files.getLastModifiedTime(Path.of(file + suffix)).toInstant();
                if (!written.isBefore(time)) {
                    return true;
                }
            } catch (IOException absent) {
                // no log, no later rows in it
            }
        }
        return false;
    }

    /** Everything of one moment, in as few pages as it needs. */
    private static void copy(Path from, Path to) throws SQLException {
        try (Connection connection = SqliteConnections.toRead(from);
                PreparedStatement copy = connection.prepareStatement("VACUUM INTO ?")) {
            copy.setString(1, to.toString());
            copy.executeUpdate();
        } catch (DamagedException damaged) {
            throw new SQLException(damaged.getMessage(), "", SQLiteErrorCode.SQLITE_NOTADB.code);
        }
    }

    private interface Edit {
        void run(Connection connection) throws SQLException;
    }

    private static void edit(Path copy, Edit edit) throws SQLException {
        try (Connection connection = SqliteConnections.toCreate(copy)) {
            connection.setAutoCommit(false);
            edit.run(connection);
            connection.commit();
        }
    }

    /** Raw files first, the newest first of all; then the rest. */
    private List<Source> sources() {
        List<Source> sources = new ArrayList<>();
        try (Stream<Path> all = Files.list(store)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                String name = String.valueOf(path.getFileName());
                if (name.equals(StateFile.NAME) || name.equals(EventFile.NAME)) {
                    sources.add(new Source(path, null, null));
                }
                for (Tier tier : Tier.values()) {
                    Instant start = PeriodFile.start(tier, name);
                    if (start != null) {
                        sources.add(new Source(path, tier, start));
                    }
                }
            }
        } catch (NoSuchFileException absent) {
            return List.of();
        } catch (IOException failure) {
            throw new StoreCopyException("Cannot list " + store.toAbsolutePath() + ": " + failure);
        }
        sources.sort(Comparator.comparing((Source source) -> source.tier != Tier.RAW)
                .thenComparing(source -> source.path, Comparator.reverseOrder()));
        return sources;
    }

    private static void requireNew(Path target) throws IOException {
        if (!Files.exists(target)) {
            return;
        }
        try (Stream<Path> inside = Files.list(target)) {
            if (inside.findAny().isPresent()) {
                throw new StoreCopyException(
                        target.toAbsolutePath() + " is not empty. Name a directory that does not exist yet.");
            }
        }
    }

    private static void deleteDirectory(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> inside = Files.list(directory)) {
            for (Path file : (Iterable<Path>) inside::iterator) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    static boolean healthy(Path copy) throws SQLException {
        try (Connection connection = SqliteConnections.toRead(copy);
                Statement statement = connection.createStatement();
                var row = statement.executeQuery("PRAGMA quick_check(1)")) {
            return row.next() && "ok".equals(row.getString(1));
        } catch (DamagedException damaged) {
            return false;
        }
    }
}
