package dev.headroom.dashboard.finding;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Entries of Redis that live for ever, or not as long as a cache's should, and values and collections too large to move at once. All
 * are counted exactly, by key pattern.
 *
 * <p>Saving per minute of what is too large = such values (or collections) per minute × mean time of the pattern's commands that move
 * them × (1 − limit / mean size, or largest size where the mean is smaller): a model that takes time to grow with size. What a lifetime
 * costs is memory or stale answers, and no time: none.
 */
final class CacheEntries implements Rule {
    /** Entries of a pattern; fewer may be a flag or a lock. */
    private static final long LEAST = 5;

    private static final double SHARE = 0.05;
    private static final double SHORTEST_SECONDS = 60;
    private static final double LONGEST_SECONDS = 86_400;
    /** Buckets are 2.2 % wide: a lifetime of exactly a minute or a day is within the range. */
    private static final double MARGIN = 0.025;
    /** One in a hundred: the budget asks for the p99. */
    private static final double LARGE_SHARE = 0.01;

    private static final double LARGE_BYTES = 100 * 1024;
    private static final double LARGE_ELEMENTS = 1000;
    private static final Set<String> WRITES = Set.of("SET", "SETEX", "PSETEX", "SETNX", "GETSET", "EXPIRE", "PEXPIRE");
    /** Those whose values have a size. */
    private static final Set<String> VALUES =
            Set.of("GET", "GETEX", "GETDEL", "HGET", "JSON.GET", "LINDEX", "SET", "SETEX", "PSETEX", "SETNX", "GETSET");

    private static final Set<String> COLLECTIONS = Set.of("HGETALL", "SMEMBERS", "LRANGE", "ZRANGE");

    @Override
    public List<Found> find(Observation observation) {
        List<Found> found = new ArrayList<>();
        Map<String, Value.Distribution> given =
                observation.distributions(Metric.CACHE_TTL, key -> lifetime(key) ? cache(key) : null);
        observation
                .distributions(Metric.CACHE_TTL, key -> lifetime(key) ? null : cache(key))
                .forEach((pattern, endless) -> {
                    Value.Distribution others = given.get(pattern);
                    long all = endless.calls() + (others == null ? 0 : others.calls());
                    if (endless.calls() >= LEAST && endless.calls() > SHARE * all) {
                        found.add(found(
                                observation,
                                FindingKind.MISSING_TTL,
                                pattern,
                                WRITES,
                                null,
                                endless.calls() + " of " + all + " entries were written without a lifetime",
                                "Set one with the value (SET … EX 300): what is stale or forgotten leaves by itself."));
                    }
                });
        given.forEach((pattern, lifetimes) -> range(observation, pattern, lifetimes, found));
        observation.distributions(Metric.CACHE_VALUE_SIZE, CacheEntries::cache).forEach((pattern, sizes) -> {
            long large = sizes.histogram().surelyAbove(LARGE_BYTES);
            if (large > LARGE_SHARE * sizes.histogram().count()) {
                found.add(found(
                        observation,
                        FindingKind.BIG_VALUE,
                        pattern,
                        null,
                        saving(observation, pattern, VALUES, large, LARGE_BYTES, sizes),
                        large + " of " + sizes.histogram().count() + " values have more than 100 KiB, the largest "
                                + Numbers.of(sizes.histogram().max() / 1024) + " KiB",
                        "Cache what is read, not all of it: split the value, use a hash, or compress it."));
            }
        });
        observation
                .distributions(Metric.CACHE_COLLECTION_SIZE, CacheEntries::cache)
                .forEach((pattern, sizes) -> {
                    long large = sizes.histogram().surelyAbove(LARGE_ELEMENTS);
                    if (large > LARGE_SHARE * sizes.histogram().count()) {
                        found.add(
                                found(
                                        observation,
                                        FindingKind.BIG_COLLECTION,
                                        pattern,
                                        COLLECTIONS,
                                        saving(observation, pattern, COLLECTIONS, large, LARGE_ELEMENTS, sizes),
                                        large + " of " + sizes.histogram().count()
                                                + " reads took more than 1000 elements, the largest "
                                                + Numbers.of(sizes.histogram().max())
                                                + "; Redis serves nobody else meanwhile",
                                        "Read a part of it: HMGET, HSCAN or SSCAN, a shorter range, or collections by day or owner."));
                    }
                });
        return found;
    }

    private static void range(
            Observation observation, String pattern, Value.Distribution lifetimes, List<Found> found) {
        long all = lifetimes.histogram().count();
        long brief = all - lifetimes.histogram().possiblyAbove(SHORTEST_SECONDS * (1 - MARGIN));
        long lengthy = lifetimes.histogram().surelyAbove(LONGEST_SECONDS * (1 + MARGIN));
        if (brief + lengthy >= LEAST && brief + lengthy > SHARE * all) {
            found.add(
                    found(
                            observation,
                            FindingKind.TTL_RANGE,
                            pattern,
                            WRITES,
                            null,
                            brief + " of " + all + " lifetimes are shorter than 60 s and " + lengthy
                                    + " longer than 24 h; half are "
                                    + Numbers.of(lifetimes.histogram().quantile(0.5)) + " s or less",
                            brief >= lengthy
                                    ? "Keep entries for a minute or more and remove them when they change: so short a life seldom hits."
                                    : "Keep entries for a day at most: what was not removed when it changed stays wrong for so long."));
        }
    }

    private static @Nullable Double saving(
            Observation observation,
            String pattern,
            Set<String> commands,
            long large,
            double limit,
            Value.Distribution sizes) {
        Value.Distribution time = observation.distribution(
                Metric.DB_DURATION,
                key -> pattern.equals(key.get(Attribute.DB_KEY_PATTERN))
                        && commands.contains(key.get(Attribute.DB_OPERATION, "")));
        double mean = sizes.histogram().sum() / sizes.histogram().count();
        double size = mean > limit ? mean : sizes.histogram().max();
        return Observation.known(
                observation.perMinute((double) large) * Observation.meanMillis(time) * (1 - limit / size));
    }

    private static boolean lifetime(SeriesKey key) {
        return key.get(Attribute.CACHE_TTL) != null;
    }

    private static @Nullable String cache(SeriesKey key) {
        return key.get(Attribute.CACHE_NAME);
    }

    /** @param commands that show it; null for every command with such a key */
    private static Found found(
            Observation observation,
            FindingKind kind,
            String pattern,
            @Nullable Set<String> commands,
            @Nullable Double saving,
            String cause,
            String fix) {
        Evidence evidence =
                Evidence.of(observation.sightings(call -> call.kind().equals("redis")
                        && call.text().equals(pattern)
                        && (commands == null || commands.contains(call.operation()))));
        return new Found(kind, pattern, evidence.route(), evidence.caller(), evidence.examples(), saving, cause, fix);
    }
}
