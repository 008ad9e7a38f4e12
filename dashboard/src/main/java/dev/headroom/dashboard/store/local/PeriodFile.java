package dev.headroom.dashboard.store.local;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one tier holds of one period, in one file. Thread-safe. */
final class PeriodFile {
    static final String SUFFIX = ".db";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss");

    private final Tier tier;
    private final Instant start;
    private final SqliteFile file;

    PeriodFile(Tier tier, Instant start, SqliteFile file) {
        this.tier = tier;
        this.start = start;
        this.file = file;
    }

    Tier tier() {
        return tier;
    }

    /** Unique within the tier, whole seconds; never used again for another raw file. */
    Instant start() {
        return start;
    }

    /** Not included. */
    Instant end() {
        return tier.periodStart(start).plus(tier.period());
    }

    /** Any number of threads; empty when the file is damaged or has left, which the store's status then tells. */
    <T> Optional<T> read(SqliteFile.Query<T> query) {
        return file.read(query);
    }

    /**
     * Runs the query in one transaction, durable on return; on any failure nothing was written. Waits for other writers. The query
     * is given the same connection every time until a write fails.
     *
     * @throws dev.headroom.dashboard.store.StoreUnusableException when the disk refuses or the file is damaged: ask the directory
     *     again next time
     */
    <T> T write(SqliteFile.Query<T> query) {
        return file.write(query);
    }

    long bytes() {
        return file.bytes();
    }

    Path path() {
        return file.path();
    }

    SqliteFile file() {
        return file;
    }

    @Override
    public String toString() {
        return file.path().getFileName().toString();
    }

    static String name(Tier tier, Instant start) {
        return tier.title() + "-" + TIME.format(start.atZone(ZoneOffset.UTC)) + SUFFIX;
    }

    /** The start in the name of a tier's file; null for every other name. */
    static @Nullable Instant start(Tier tier, String name) {
        String before = tier.title() + "-";
        if (!name.startsWith(before) || !name.endsWith(SUFFIX)) {
            return null;
        }
        try {
            String time = name.substring(before.length(), name.length() - SUFFIX.length());
            return LocalDateTime.parse(time, TIME).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException other) {
            return null;
        }
    }
}
