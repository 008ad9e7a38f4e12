package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.StoreOverloadedException;
import dev.headroom.dashboard.store.StoreUnusableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The store's files, by tier and period. Files are opened when they are first used. A damaged file is set aside under another name
 * and the rest goes on. Thread-safe.
 */
final class StoreDirectory implements AutoCloseable {
    private static final long RETIRED_WAIT_MILLIS = 10_000;
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final Path path;
    private final Function<Tier, List<String>> tables;
    private final DirectoryLock lock;
    private final SqliteConnections connections = new SqliteConnections();
    private final StoreEvents events;
    private final StateFile state;
    private volatile @Nullable String refusal;

    private final Object known = new Object();
    private Instant lastRaw = Instant.EPOCH;
    private final Map<Tier, NavigableMap<Instant, PeriodFile>> files = new EnumMap<>(Tier.class);
    /** Not found any more, but still read. */
    private final List<PeriodFile> leaving = new CopyOnWriteArrayList<>();

    private StoreDirectory(Path path, Function<Tier, List<String>> tables, DirectoryLock lock, InstantSource clock) {
        this.path = path;
        this.tables = tables;
        this.lock = lock;
        this.events = new StoreEvents(clock);
        this.state = new StateFile(path, connections, events::stateLost);
        events.load(state);
        for (Tier tier : Tier.values()) {
            files.put(tier, new TreeMap<>());
        }
    }

    /**
     * @param tables what a tier's new files begin with
     * @throws StoreUnusableException when the directory cannot be used; damaged files do not keep it from opening
     */
    static StoreDirectory open(Path path, Function<Tier, List<String>> tables, InstantSource clock) {
        DirectoryLock lock = DirectoryLock.take(path);
        if (Files.exists(path.resolve(StoreRestore.UNFINISHED))) {
            lock.close();
            throw new StoreUnusableException(
                    "A restore into the store " + path.toAbsolutePath()
                            + " did not end. Empty the directory and restore again.",
                    null);
        }
        try {
            StoreDirectory directory = new StoreDirectory(path, tables, lock, clock);
            directory.find();
            return directory;
        } catch (StoreUnusableException unusable) {
            lock.close();
            throw unusable;
        } catch (IOException failure) {
            lock.close();
            throw new StoreUnusableException(
                    "Cannot list the store's directory " + path.toAbsolutePath() + " (" + failure + ")", failure);
        }
    }

    private void find() throws IOException {
        List<Path> names = new ArrayList<>();
        try (Stream<Path> all = Files.list(path)) {
            all.forEach(names::add);
        }
        for (Path file : names) {
            if (FileFormat.unfinished(file)) {
                Files.deleteIfExists(file);
                continue;
            }
            for (Tier tier : Tier.values()) {
                Instant start = PeriodFile.start(tier, file.getFileName().toString());
                if (start != null) {
                    add(tier, start);
                }
            }
        }
    }

    private PeriodFile add(Tier tier, Instant start) {
        Keeper keeper = new Keeper();
        SqliteFile file = new SqliteFile(path.resolve(PeriodFile.name(tier, start)), connections, keeper);
        PeriodFile added = new PeriodFile(tier, start, file);
        keeper.kept = added;
        of(tier).put(start, added);
        if (tier == Tier.RAW && start.isAfter(lastRaw)) {
            lastRaw = start;
        }
        return added;
    }

    private NavigableMap<Instant, PeriodFile> of(Tier tier) {
        NavigableMap<Instant, PeriodFile> found = files.get(tier);
        if (found == null) {
            throw new IllegalStateException("No such tier: " + tier);
        }
        return found;
    }

    /**
     * The tier's file for {@code time}, created when it is not there. Raw files go by arrival: as long as the newest one's period
     * has not ended it is that one, also when the clock was set back; a new one gets a start that no other has had.
     *
     * @throws StoreUnusableException when it cannot be created
     * @throws StoreOverloadedException for raw files while there is no room
     */
    PeriodFile forWriting(Tier tier, Instant time) {
        String noRoom = refusal;
        if (tier == Tier.RAW && noRoom != null) {
            throw new StoreOverloadedException("Nothing can be stored now: " + noRoom + ". Send again later.");
        }
        synchronized (known) {
            PeriodFile there = tier == Tier.RAW ? newest(tier) : of(tier).get(tier.periodStart(time));
            if (there != null && (tier != Tier.RAW || there.end().isAfter(time))) {
                return there;
            }
            Instant start = tier == Tier.RAW ? unused(time) : tier.periodStart(time);
            Path file = path.resolve(PeriodFile.name(tier, start));
            awaitLeaving(file);
            try {
                FileFormat.create(path, PeriodFile.name(tier, start), tables.apply(tier));
            } catch (SQLException | IOException failure) {
                events.refused(file, SqliteFailure.of(failure), failure.toString());
                throw new StoreUnusableException(
                        "The store's file " + file.toAbsolutePath() + " cannot be created: " + failure.getMessage(),
                        failure);
            }
            return add(tier, start);
        }
    }

    /** A raw file of that start with that content, whole or not there at all; the one that is there already, when there is one. */
    void takeOver(Instant start, FileFormat.Filling content) throws SQLException, IOException {
        synchronized (known) {
            if (!of(Tier.RAW).containsKey(start)) {
                FileFormat.create(path, PeriodFile.name(Tier.RAW, start), tables.apply(Tier.RAW), content);
                add(Tier.RAW, start);
            }
        }
    }

    private Instant unused(Instant time) {
        Instant start = time.truncatedTo(ChronoUnit.SECONDS);
        if (!start.isAfter(lastRaw)) {
            start = lastRaw.plusSeconds(1);
        }
        while (taken(PeriodFile.name(Tier.RAW, start))) {
            start = start.plusSeconds(1);
        }
        return start;
    }

    private boolean taken(String name) {
        return list().stream().anyMatch(file -> file.getFileName().toString().startsWith(name));
    }

    private void awaitLeaving(Path file) {
        for (PeriodFile old : leaving) {
            if (old.path().equals(file) && !old.file().awaitEnd(RETIRED_WAIT_MILLIS)) {
                throw new StoreUnusableException(
                        "The store's file " + file + " is still being read before it is replaced; send again later",
                        null);
            }
        }
    }

    /** The newest file of the tier, or null. */
    @Nullable
    PeriodFile newest(Tier tier) {
        synchronized (known) {
            Map.Entry<Instant, PeriodFile> last = of(tier).lastEntry();
            return last == null ? null : last.getValue();
        }
    }

    /** Oldest first. */
    List<PeriodFile> files(Tier tier) {
        synchronized (known) {
            return List.copyOf(of(tier).values());
        }
    }

    /** Those whose period touches {@code (from, to]}, oldest first. */
    List<PeriodFile> files(Tier tier, Instant from, Instant to) {
        List<PeriodFile> touched = new ArrayList<>();
        for (PeriodFile file : files(tier)) {
            if (file.end().isAfter(from) && !file.start().isAfter(to)) {
                touched.add(file);
            }
        }
        return touched;
    }

    /** Deletes the file as soon as its last reader has finished; from now on it is not found. */
    void delete(PeriodFile file) {
        leave(file, () -> {
            try {
                SqliteFile.deleteAll(file.path());
            } catch (IOException failure) {
                events.notDeleted(file.path(), failure);
            }
        });
    }

    private void setAside(PeriodFile file, String error) {
        long bytes = file.bytes();
        leave(file, () -> {
            events.lost(file, error, bytes);
            Path aside = AsideFiles.free(file.path());
            try {
                SqliteFile.moveAll(file.path(), aside);
            } catch (IOException failure) {
                events.notDeleted(file.path(), failure);
            }
        });
    }

    private void leave(PeriodFile file, Runnable then) {
        synchronized (known) {
            if (!of(file.tier()).remove(file.start(), file)) {
                return;
            }
            leaving.add(file);
        }
        file.file().retire(() -> {
            try {
                then.run();
            } finally {
                leaving.remove(file);
            }
        });
    }

    /** Notices files that somebody else deleted. */
    void dropVanished() {
        for (Tier tier : Tier.values()) {
            for (PeriodFile file : files(tier)) {
                if (!Files.exists(file.path())) {
                    setAside(file, "the file was deleted");
                }
            }
        }
    }

    /** Everything in the directory. */
    long bytes() {
        long bytes = 0;
        for (Path file : list()) {
            bytes += size(file);
        }
        return bytes;
    }

    private static long size(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (IOException gone) {
            return 0;
        }
    }

    private List<Path> list() {
        try (Stream<Path> all = Files.list(path)) {
            return all.toList();
        } catch (IOException | UncheckedIOException gone) {
            return List.of();
        }
    }

    /** @param reason why no raw file is given from now on; null to give them again */
    void refuse(@Nullable String reason) {
        String before = refusal;
        refusal = reason;
        if (reason != null && before == null) {
            events.refusing(reason);
        } else if (reason == null && before != null) {
            events.accepting();
        }
    }

    @Nullable
    String refusal() {
        return refusal;
    }

    StateFile state() {
        return state;
    }

    void saveEvents() {
        events.save(state);
    }

    /** Closes connections that nobody has used for a while. */
    void closeIdle() {
        connections.forgetIdle(IDLE.toNanos());
        for (Tier tier : Tier.values()) {
            for (PeriodFile file : files(tier)) {
                file.file().closeIdleWriter(IDLE.toNanos());
            }
        }
    }

    Path path() {
        return path;
    }

    AsideFiles aside() {
        return new AsideFiles(path, events);
    }

    StoreEvents events() {
        return events;
    }

    /** Waits for readers and writers, a little while, then closes every file. */
    @Override
    public void close() {
        List<SqliteFile> all = new ArrayList<>();
        synchronized (known) {
            files.values().forEach(tier -> tier.values().forEach(file -> all.add(file.file())));
            files.values().forEach(Map::clear);
        }
        saveEvents();
        all.add(state.file());
        for (SqliteFile file : all) {
            file.retire(() -> {});
            file.awaitEnd(RETIRED_WAIT_MILLIS);
        }
        connections.close();
        lock.close();
    }

    private final class Keeper implements SqliteFile.Keeper {
        private @Nullable PeriodFile kept;

        @Override
        public void lost(SqliteFile file, String error) {
            if (kept != null) {
                setAside(kept, error);
            }
        }

        @Override
        public void refused(SqliteFile file, SqliteFailure failure, String error) {
            events.refused(file.path(), failure, error);
        }
    }
}
