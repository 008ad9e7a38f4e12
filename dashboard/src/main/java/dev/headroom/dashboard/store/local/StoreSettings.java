package dev.headroom.dashboard.store.local;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How long and how much the store keeps. Immutable.
 *
 * @param keep for every tier
 * @param maxBytes the oldest detail leaves beyond it
 * @param reserveBytes what it leaves free on the disk: below it the oldest detail leaves, below a quarter of it nothing is stored
 */
public record StoreSettings(Map<Tier, Duration> keep, long maxBytes, long reserveBytes) {
    public static final long DEFAULT_MAX_BYTES = 20L << 30;
    public static final long DEFAULT_RESERVE_BYTES = 256L << 20;

    private static final long SMALLEST_MAX_BYTES = 16L << 20;
    private static final Duration LONGEST = Duration.ofDays(3_660);
    private static final List<Tier> SERVICE_TIERS = List.of(Tier.S10, Tier.S60, Tier.S600);
    private static final List<Tier> INSTANCE_TIERS = List.of(Tier.RAW, Tier.I60, Tier.I600);

    /** @throws IllegalArgumentException naming the setting, its value and what it may be */
    public StoreSettings {
        keep = Map.copyOf(keep);
        for (Tier tier : Tier.values()) {
            Duration length = keep.get(tier);
            if (length == null) {
                throw new IllegalArgumentException(name(tier) + " is not set; give it a time such as 48h or 7d");
            }
            if (length.compareTo(shortest(tier)) < 0 || length.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(name(tier) + " is " + text(length) + "; it may be "
                        + text(shortest(tier)) + " to " + text(LONGEST));
            }
        }
        checkOrder(keep, SERVICE_TIERS);
        checkOrder(keep, INSTANCE_TIERS);
        if (maxBytes < SMALLEST_MAX_BYTES) {
            throw new IllegalArgumentException("headroom.store.max-size is " + maxBytes
                    + " bytes; it must be at least 16MB, such as 20GB for a thousand JVMs");
        }
        if (reserveBytes < 0 || reserveBytes > maxBytes) {
            throw new IllegalArgumentException("headroom.store.reserve is " + reserveBytes
                    + " bytes; it may be 0 to headroom.store.max-size (" + maxBytes + " bytes)");
        }
    }

    private static void checkOrder(Map<Tier, Duration> keep, List<Tier> finestFirst) {
        for (int i = 1; i < finestFirst.size(); i++) {
            Tier finer = finestFirst.get(i - 1);
            Tier coarser = finestFirst.get(i);
            Duration finerKept = keep.getOrDefault(finer, finer.keep());
            Duration coarserKept = keep.getOrDefault(coarser, coarser.keep());
            if (coarserKept.compareTo(finerKept) < 0) {
                throw new IllegalArgumentException(name(coarser) + " is " + text(coarserKept) + ", shorter than "
                        + name(finer) + " (" + text(finerKept)
                        + "): the coarser measurements must reach back at least as far as the finer ones");
            }
        }
    }

    /** Raw rows are what everything else is made of; a receiving dashboard that stands still for a while must find them. */
    private static Duration shortest(Tier tier) {
        return tier == Tier.RAW ? Duration.ofMinutes(10) : tier.cell();
    }

    private static String name(Tier tier) {
        return "headroom.store.keep." + tier.title();
    }

    private static String text(Duration length) {
        long minutes = length.toMinutes();
        if (minutes > 0 && minutes % 1_440 == 0) {
            return minutes / 1_440 + "d";
        }
        if (minutes > 0 && minutes % 60 == 0) {
            return minutes / 60 + "h";
        }
        return minutes > 0 ? minutes + "m" : length.toSeconds() + "s";
    }

    public static StoreSettings defaults() {
        Map<Tier, Duration> keep = new EnumMap<>(Tier.class);
        for (Tier tier : Tier.values()) {
            keep.put(tier, tier.keep());
        }
        return new StoreSettings(keep, DEFAULT_MAX_BYTES, DEFAULT_RESERVE_BYTES);
    }

    /** One time for everything: the coarsest measurements are kept so long, finer ones not longer than by default. */
    public static Map<Tier, Duration> keepingAtMost(Duration all) {
        Map<Tier, Duration> keep = new EnumMap<>(Tier.class);
        for (Tier tier : Tier.values()) {
            boolean coarsest = tier == Tier.S600;
            keep.put(tier, coarsest || all.compareTo(tier.keep()) < 0 ? all : tier.keep());
        }
        return keep;
    }

    Duration keep(Tier tier) {
        return keep.getOrDefault(tier, tier.keep());
    }
}
