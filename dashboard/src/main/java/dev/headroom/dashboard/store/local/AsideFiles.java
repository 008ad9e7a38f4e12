package dev.headroom.dashboard.store.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Files of the store's directory that nobody reads any more: damaged ones, and those of an older dashboard. Thread-safe. */
record AsideFiles(Path directory, StoreEvents events) {
    static final String DAMAGED = ".corrupt-";
    static final String TAKEN_OVER = ".migrated";

    /** A free name for a damaged file. */
    static Path free(Path file) {
        int number = 1;
        while (Files.exists(Path.of(file + DAMAGED + number))) {
            number++;
        }
        return Path.of(file + DAMAGED + number);
    }

    List<Path> list() {
        List<Path> aside = new ArrayList<>();
        try (Stream<Path> all = Files.list(directory)) {
            all.forEach(file -> {
                String name = String.valueOf(file.getFileName());
                if ((name.contains(DAMAGED) || name.endsWith(TAKEN_OVER)) && !name.endsWith(SqliteFile.LOG)) {
                    aside.add(file);
                }
            });
        } catch (IOException | UncheckedIOException gone) {
            return List.of();
        }
        return aside;
    }

    /** Returns how many bytes that gave back. */
    long delete(Path file) {
        try {
            long bytes = Files.size(file);
            SqliteFile.deleteAll(file);
            return bytes;
        } catch (IOException failure) {
            events.notDeleted(file, failure);
            return 0;
        }
    }
}
