package dev.headroom.dashboard.finding;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Pools that ran out or have the wrong size. By Little's law the mean of connections in use is what was borrowed per second × how
 * long it was held; arrivals at random need about three roots of that more.
 *
 * <p>Saving per minute = time that threads waited for a connection per minute. A pool that is too large saves no time: none.
 */
final class PoolSizes implements Rule {
    /** What the budget {@code pool-wait} accepts, in seconds. */
    private static final double WAIT = 0.1;
    /** What the budget {@code pool-use} aims at. */
    private static final double BUSY = 0.8;

    private static final int LARGE = 20;
    private static final int TOO_MANY = 4;
    private static final double QUANTILE = 0.95;

    @Override
    public List<Found> find(Observation observation) {
        List<Found> found = new ArrayList<>();
        observation
                .distributions(Metric.POOL_USE, key -> key.get(Attribute.POOL_NAME))
                .forEach((pool, use) -> {
                    Gauges max = gauges(observation, Metric.POOL_MAX, pool, null);
                    Gauges used = gauges(observation, Metric.POOL_COUNT, pool, "used");
                    Value.Distribution wait = observation.distribution(
                            Metric.POOL_WAIT, key -> pool.equals(key.get(Attribute.POOL_NAME)));
                    double timeouts =
                            observation.sum(Metric.POOL_TIMEOUTS, key -> pool.equals(key.get(Attribute.POOL_NAME)));
                    if (timeouts > 0) {
                        found.add(exhausted(observation, pool, use, wait, max, timeouts));
                    }
                    if (max.sum > 0 && max.instances > 0) {
                        Found size = size(observation, pool, use, wait, max, used);
                        if (size != null) {
                            found.add(size);
                        }
                    }
                });
        return found;
    }

    /** Of one metric of a pool: largest readings added up over instances. */
    private record Gauges(double sum, double mean, int instances) {}

    private static Gauges gauges(Observation observation, Metric metric, String pool, @Nullable String state) {
        double sum = 0;
        double means = 0;
        Set<String> instances = new HashSet<>();
        for (SeriesData one : observation.reading().series()) {
            SeriesKey key = one.key();
            if (key.is(metric)
                    && pool.equals(key.get(Attribute.POOL_NAME))
                    && (state == null || state.equals(key.get(Attribute.POOL_STATE)))
                    && one.value() instanceof Value.Gauge gauge) {
                sum += gauge.max();
                means += gauge.readings() == 0 ? 0 : gauge.sum() / gauge.readings();
                instances.add(String.valueOf(one.instance()));
            }
        }
        return new Gauges(sum, means, instances.size());
    }

    private static @Nullable Found size(
            Observation observation,
            String pool,
            Value.Distribution use,
            Value.@Nullable Distribution wait,
            Gauges max,
            Gauges used) {
        double perInstance = max.sum / max.instances;
        double inUse = use.histogram().sum() / observation.reading().range().seconds() / max.instances;
        long advised = Math.max(2, (long) Math.ceil(inUse + 3 * Math.sqrt(inUse)));
        String law = "Little's law: "
                + Numbers.of(use.calls() / observation.reading().range().seconds() / max.instances)
                + " borrowed per second × "
                + Numbers.of(1000
                        * use.histogram().sum()
                        / Math.max(1, use.histogram().count()))
                + " ms held = " + Numbers.of(inUse) + " in use on average, of " + Numbers.of(perInstance) + " in a JVM";
        double waited = wait == null ? 0 : wait.histogram().sum();
        double longWait = wait == null ? 0 : wait.histogram().quantile(QUANTILE);
        boolean waits = longWait > WAIT;
        if (waits && inUse >= BUSY * perInstance && advised > perInstance) {
            return new Found(
                    FindingKind.POOL_SIZE,
                    pool,
                    null,
                    null,
                    Evidence.of(waiting(observation, pool)).examples(),
                    observation.perMinute(1000 * waited),
                    law + "; one in twenty waited " + Numbers.of(1000 * longWait) + " ms or more",
                    "Hold connections for a shorter time, or give the pool about " + advised + " of them.");
        }
        boolean idle = used.instances > 0 && used.sum * TOO_MANY <= max.sum && advised * TOO_MANY <= perInstance;
        if (!waits && idle && perInstance >= LARGE) {
            return new Found(
                    FindingKind.POOL_SIZE,
                    pool,
                    null,
                    null,
                    Evidence.of(borrowing(observation, pool)).examples(),
                    null,
                    law + "; never more than " + Numbers.of(used.sum / used.instances) + " at a time",
                    "About " + Math.max(advised, (long) Math.ceil(2 * used.sum / used.instances))
                            + " connections are enough; each one more is a process or thread of the database.");
        }
        return null;
    }

    private static Found exhausted(
            Observation observation,
            String pool,
            Value.Distribution use,
            Value.@Nullable Distribution wait,
            Gauges max,
            double timeouts) {
        Evidence evidence = Evidence.of(waiting(observation, pool));
        return new Found(
                FindingKind.POOL_EXHAUSTION,
                pool,
                evidence.route(),
                evidence.caller(),
                evidence.examples(),
                wait == null
                        ? null
                        : observation.perMinute(1000 * wait.histogram().sum()),
                Numbers.of(timeouts) + " waits for a connection gave up; one in twenty was held for "
                        + Numbers.of(1000 * use.histogram().quantile(QUANTILE)) + " ms or more"
                        + (max.sum > 0 ? ", the pool has " + Numbers.of(max.sum) : ""),
                "Give connections back sooner where they are held longest, and keep remote calls out of transactions.",
                Holders.of(observation, pool));
    }

    private static List<Observation.Sighting> waiting(Observation observation, String pool) {
        return borrowing(observation, pool).stream()
                .filter(each -> each.call().durationMs() > 1)
                .toList();
    }

    private static List<Observation.Sighting> borrowing(Observation observation, String pool) {
        return observation.sightings(
                call -> call.kind().equals("pool") && call.text().equals(pool));
    }
}
