package dev.headroom.dashboard.store.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the store within its times and sizes, by deleting files. What is too old leaves; beyond the largest size, and when the disk
 * has little room left, the finest detail leaves first, the oldest of it before the rest. When that does not help the store takes
 * nothing until it does: senders keep what they have, and reading goes on. Runs on its own thread; {@link #run} may be called by any.
 */
final class Upkeep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final long PAUSE_MILLIS = 5_000;
    /** Files of a tier that stay: at first its newest two, then one, then none. */
    private static final int STAYING = 2;

    private static final List<Tier> LEAVING = List.of(Tier.RAW, Tier.I60, Tier.S10, Tier.I600, Tier.S60, Tier.S600);

    /** Bytes that the disk has left; negative when it does not say. */
    interface Disk {
        long free();
    }

    private final StoreDirectory directory;
    private final StoreSettings settings;
    private final Predicate<PeriodFile> pending;
    private final Disk disk;
    private final Object passes = new Object();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    /** @param pending true for raw files that hold what is in no other tier yet */
    Upkeep(StoreDirectory directory, StoreSettings settings, Predicate<PeriodFile> pending) {
        this(directory, settings, pending, () -> free(directory.path()));
    }

    Upkeep(StoreDirectory directory, StoreSettings settings, Predicate<PeriodFile> pending, Disk disk) {
        this.directory = directory;
        this.settings = settings;
        this.pending = pending;
        this.disk = disk;
        this.thread = new Thread(this::loop, "headroom-store-upkeep");
        thread.setDaemon(true);
    }

    Upkeep start() {
        thread.start();
        return this;
    }

    private void loop() {
        do {
            try {
                run();
            } catch (RuntimeException failure) {
                LOG.warn("The store's upkeep failed and is tried again in a moment", failure);
            }
        } while (!stopping(PAUSE_MILLIS));
    }

    private boolean stopping(long millis) {
        try {
            return stop.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            return true;
        }
    }

    /** One pass. */
    void run() {
        synchronized (passes) {
            directory.dropVanished();
            directory.closeIdle();
            deleteExpired(directory.events().now());
            directory.refuse(makeRoom());
            directory.saveEvents();
        }
    }

    private void deleteExpired(Instant now) {
        for (Tier tier : Tier.values()) {
            PeriodFile newest = directory.newest(tier);
            for (PeriodFile file : directory.files(tier)) {
                boolean stays = tier == Tier.RAW && (file == newest || pending.test(file));
                if (!stays && !file.end().plus(settings.keep(tier)).isAfter(now)) {
                    LOG.debug("Deleting {}: older than {}", file, settings.keep(tier));
                    directory.delete(file);
                }
            }
        }
        for (Path aside : directory.aside().list()) {
            if (!time(aside).plus(settings.keep(Tier.S600)).isAfter(now)) {
                directory.aside().delete(aside);
            }
        }
    }

    private static Instant time(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException gone) {
            return Instant.MAX.minusSeconds(1L << 40);
        }
    }

    /** Why nothing can be stored, or null. */
    private @Nullable String makeRoom() {
        long over = directory.bytes() - settings.maxBytes();
        if (over > 0) {
            over -= remove(
                    over, 0, "the store had reached headroom.store.max-size (" + text(settings.maxBytes()) + ")");
        }
        if (over > 0) {
            return "the store is larger than headroom.store.max-size (" + text(settings.maxBytes())
                    + ") and nothing more can leave; allow more";
        }
        long free = disk.free();
        if (free < 0 || free >= settings.reserveBytes()) {
            return null;
        }
        remove(settings.reserveBytes() - free, 1, "the disk was nearly full (" + text(free) + " free)");
        free = disk.free();
        if (free < 0 || free >= settings.reserveBytes() / 4) {
            return null;
        }
        return "the disk of " + directory.path().toAbsolutePath() + " is full (" + text(free) + " free, "
                + text(settings.reserveBytes() / 4) + " needed); make room on it";
    }

    /** Removes until so much is free or only the newest files are left; returns how much was. */
    private long remove(long wanted, int leastStaying, String reason) {
        long removed = 0;
        for (Path aside : directory.aside().list()) {
            if (removed < wanted) {
                removed += directory.aside().delete(aside);
            }
        }
        for (int staying = STAYING; staying >= leastStaying && removed < wanted; staying--) {
            for (PeriodFile file : candidates(staying)) {
                if (removed >= wanted) {
                    break;
                }
                long bytes = file.bytes();
                directory.delete(file);
                directory.events().removedEarly(file, bytes, reason);
                removed += bytes;
            }
        }
        return removed;
    }

    /** Finest tier first, oldest first within a tier. A raw file that is in no other tier yet is the last resort. */
    private List<PeriodFile> candidates(int staying) {
        List<PeriodFile> leaving = new ArrayList<>();
        for (Tier tier : LEAVING) {
            List<PeriodFile> files = directory.files(tier);
            int newest = tier == Tier.RAW ? Math.max(1, staying) : staying;
            for (PeriodFile file : files.subList(0, Math.max(0, files.size() - newest))) {
                if (tier != Tier.RAW || staying == 0 || !pending.test(file)) {
                    leaving.add(file);
                }
            }
        }
        return leaving;
    }

    private static long free(Path path) {
        try {
            return Files.getFileStore(path).getUsableSpace();
        } catch (IOException unknown) {
            return -1;
        }
    }

    long free() {
        return disk.free();
    }

    static String text(long bytes) {
        if (bytes >= 10L << 30) {
            return (bytes >> 30) + " GB";
        }
        return bytes >= 10L << 20 ? (bytes >> 20) + " MB" : (bytes >> 10) + " KB";
    }

    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join(PAUSE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
