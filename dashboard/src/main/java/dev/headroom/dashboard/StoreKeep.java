package dev.headroom.dashboard;

import dev.headroom.dashboard.store.local.StoreSettings;
import dev.headroom.dashboard.store.local.Tier;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/**
 * The settings under {@code headroom.store.keep}: how long measurements are kept, by how detailed they are. What is not set has its
 * default.
 */
public record StoreKeep(
        @Nullable Duration raw,
        @Nullable Duration service10s,
        @Nullable Duration instance1m,
        @Nullable Duration service1m,
        @Nullable Duration instance10m,
        @Nullable Duration service10m) {

    /** What {@code headroom.store.keep} itself means: one time for everything, as it was before there were levels of detail. */
    public static StoreKeep of(String all) {
        Map<Tier, Duration> keep = StoreSettings.keepingAtMost(DurationStyle.detectAndParse(all.strip()));
        return new StoreKeep(
                keep.get(Tier.RAW),
                keep.get(Tier.S10),
                keep.get(Tier.I60),
                keep.get(Tier.S60),
                keep.get(Tier.I600),
                keep.get(Tier.S600));
    }

    Map<Tier, Duration> byTier() {
        Map<Tier, Duration> keep = new EnumMap<>(StoreSettings.defaults().keep());
        put(keep, Tier.RAW, raw);
        put(keep, Tier.S10, service10s);
        put(keep, Tier.I60, instance1m);
        put(keep, Tier.S60, service1m);
        put(keep, Tier.I600, instance10m);
        put(keep, Tier.S600, service10m);
        return keep;
    }

    private static void put(Map<Tier, Duration> keep, Tier tier, @Nullable Duration length) {
        if (length != null) {
            keep.put(tier, length);
        }
    }
}
