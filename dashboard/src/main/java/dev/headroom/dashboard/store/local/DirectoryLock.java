package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.StoreUnusableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second dashboard out of the directory. The system lets go of it with the process. */
final class DirectoryLock implements AutoCloseable {
    static final String NAME = "dashboard.lock";

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws StoreUnusableException when the directory cannot be made or written, or is in use */
    static DirectoryLock take(Path directory) {
        FileChannel channel;
        try {
            Files.createDirectories(directory);
            channel = FileChannel.open(directory.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException failure) {
            throw new StoreUnusableException(
                    "Cannot write to the store's directory " + directory.toAbsolutePath() + " (" + failure
                            + "). Set headroom.store.path (HEADROOM_STORE_PATH) to a directory that this user may write to.",
                    failure);
        }
        try {
            FileLock held = channel.tryLock();
            if (held != null) {
                return new DirectoryLock(channel);
            }
        } catch (OverlappingFileLockException | IOException ignored) {
            // held within this process, or not to be had: both are answered below
        }
        close(channel);
        throw new StoreUnusableException(
                "The store " + directory.toAbsolutePath()
                        + " is in use by another dashboard. Stop that one, or give this one its own headroom.store.path (HEADROOM_STORE_PATH).",
                null);
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException ignored) {
            // the system lets go of the lock with the process
        }
    }

    @Override
    public void close() {
        close(channel);
    }
}
