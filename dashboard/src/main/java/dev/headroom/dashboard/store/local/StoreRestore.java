package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.StoreUnusableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Makes a store of a backup: every file's check sum and structure is verified before the store can be opened. */
public final class StoreRestore {
    /** As long as it is there, the store is not opened. */
    static final String UNFINISHED = "restore.unfinished";

    private final Path backup;
    private final Path store;
    private final Consumer<String> console;

    /**
     * @param backup what a backup wrote
     * @param store a directory that does not exist yet or is empty
     * @param console told what happens, in lines
     */
    public StoreRestore(Path backup, Path store, Consumer<String> console) {
        this.backup = backup;
        this.store = store;
        this.console = console;
    }

    /**
     * Returns the number of files.
     *
     * @throws StoreCopyException when there is no store afterwards; the message says why and what to do
     */
    public int run() {
        Map<String, String> sums = sums();
        try {
            requireEmpty();
        } catch (IOException failure) {
            throw new StoreCopyException("Cannot list " + store.toAbsolutePath() + ": " + failure);
        }
        try {
            DirectoryLock lock = DirectoryLock.take(store);
            try {
                Files.writeString(store.resolve(UNFINISHED), "");
                copy(sums);
                Files.delete(store.resolve(UNFINISHED));
                return sums.size();
            } finally {
                lock.close();
            }
        } catch (StoreUnusableException inUse) {
            throw new StoreCopyException(String.valueOf(inUse.getMessage()));
        } catch (IOException | SQLException failure) {
            throw new StoreCopyException("The restore into " + store.toAbsolutePath() + " failed: " + failure
                    + ". Empty that directory before you try again.");
        }
    }

    private Map<String, String> sums() {
        try {
            return BackupList.read(backup);
        } catch (NoSuchFileException absent) {
            throw new StoreCopyException(backup.toAbsolutePath() + " is no backup: it has no " + BackupList.NAME
                    + ". Name the directory that the backup was made in.");
        } catch (IOException failure) {
            throw new StoreCopyException("Cannot read the backup " + backup.toAbsolutePath() + ": " + failure);
        }
    }

    private void requireEmpty() throws IOException {
        if (!Files.exists(store)) {
            return;
        }
        try (Stream<Path> inside = Files.list(store)) {
            long others = inside.filter(file -> !file.getFileName().toString().equals(DirectoryLock.NAME))
                    .count();
            if (others > 0) {
                throw new StoreCopyException(
                        "The store " + store.toAbsolutePath() + " is not empty (" + others
                                + " files). A restore never mixes with what is there: name a new directory, or move that one away.");
            }
        }
    }

    private void copy(Map<String, String> sums) throws IOException, SQLException {
        Progress progress = new Progress(console);
        long bytes = 0;
        for (String name : sums.keySet()) {
            bytes += Files.size(backup.resolve(name));
        }
        progress.expect(sums.size(), bytes);
        for (Map.Entry<String, String> file : sums.entrySet()) {
            Path from = backup.resolve(file.getKey());
            Path to = store.resolve(file.getKey());
            Files.copy(from, to);
            String sum = BackupList.checkSum(to);
            if (!sum.equals(file.getValue()) || !StoreBackup.healthy(to)) {
                throw new StoreCopyException("The backup's file " + from.toAbsolutePath()
                        + " is not what was written (check sum " + sum + ", expected " + file.getValue()
                        + "). Use another backup; to do without that file, delete its line from "
                        + backup.resolve(BackupList.NAME) + ". Empty " + store.toAbsolutePath()
                        + " before you try again.");
            }
            progress.did(Files.size(to));
        }
    }
}
