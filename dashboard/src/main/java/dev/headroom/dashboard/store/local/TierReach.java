package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.StoreStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far back tiers hold everything: by how long they are kept, and but for what was deleted early or damaged. Thread-safe. */
final class TierReach {
    private final StoreDirectory directory;
    private final StoreSettings settings;
    private final InstantSource clock;
    /** The first raw file that there ever was, once it was seen. */
    private volatile @Nullable PeriodFile first;

    TierReach(StoreDirectory directory, StoreSettings settings, InstantSource clock) {
        this.directory = directory;
        this.settings = settings;
        this.clock = clock;
    }

    private record Hole(Tier tier, long from, long to) {}

    /** Times are Unix milliseconds. */
    private record Known(Map<Tier, Long> oldest, List<Hole> holes) implements Reach {
        @Override
        public long oldest(Tier tier) {
            return oldest.getOrDefault(tier, Long.MIN_VALUE);
        }

        @Override
        public boolean reaches(Tier tier, long time) {
            if (time < oldest.getOrDefault(tier, Long.MIN_VALUE)) {
                return false;
            }
            for (Hole hole : holes) {
                if (hole.tier == tier && hole.from <= time && time < hole.to) {
                    return false;
                }
            }
            return true;
        }
    }

    /** As of now; immutable. */
    Reach now() {
        Map<Tier, Long> oldest = new EnumMap<>(Tier.class);
        Instant now = clock.instant();
        for (Tier tier : Tier.values()) {
            oldest.put(tier, tier.periodStart(now.minus(settings.keep(tier))).toEpochMilli());
        }
        oldest.put(Tier.RAW, oldestRaw());
        List<Hole> holes = new ArrayList<>();
        for (StoreStatus.Event event : directory.events().all()) {
            Instant from = event.from();
            Instant to = event.to();
            if (event.loss() && from != null && to != null) {
                add(holes, event, from, to);
            }
        }
        return new Known(oldest, holes);
    }

    private static void add(List<Hole> holes, StoreStatus.Event event, Instant from, Instant to) {
        for (Tier tier : Tier.values()) {
            if (tier.title().equals(event.tier())) {
                // What came after the loss is in the file that was begun instead.
                long until = Math.min(to.toEpochMilli(), upToTen(event.time().toEpochMilli()));
                holes.add(new Hole(tier, downToTen(from.toEpochMilli()), until));
            }
        }
    }

    private long oldestRaw() {
        List<PeriodFile> files = directory.files(Tier.RAW);
        if (files.isEmpty() || isFirst(files.get(0))) {
            return Long.MIN_VALUE;
        }
        return upToTen(files.get(0).start().toEpochMilli());
    }

    private boolean isFirst(PeriodFile file) {
        if (file == first) {
            return true;
        }
        Optional<Boolean> read = file.read(Carry::first);
        if (read.orElse(false)) {
            first = file;
            return true;
        }
        return false;
    }

    /** Where tiers meet, cells of both begin. */
    private static long upToTen(long time) {
        return -Math.floorDiv(-time, Pending.TEN_MILLIS) * Pending.TEN_MILLIS;
    }

    private static long downToTen(long time) {
        return Math.floorDiv(time, Pending.TEN_MILLIS) * Pending.TEN_MILLIS;
    }
}
