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
 * Redis commands that walk over the whole keyspace while every other client waits.
 *
 * <p>Saving per minute = time of these commands per minute, as this service waited for them.
 */
final class Commands implements Rule {
    private static final Map<String, String> INSTEAD = Map.of(
            "KEYS", "SCAN in portions, or keep the keys of a group in a set of their own.",
            "FLUSHALL", "Delete what is stale by its keys (UNLINK), or put a version into the keys.",
            "FLUSHDB", "Delete what is stale by its keys (UNLINK), or put a version into the keys.",
            "MONITOR", "End it: it slows every command of the server.");
    private static final Set<String> NAMES = INSTEAD.keySet();

    @Override
    public List<Found> find(Observation observation) {
        List<Found> found = new ArrayList<>();
        observation.distributions(Metric.DB_DURATION, Commands::name).forEach((name, time) -> {
            Evidence evidence = Evidence.of(observation.sightings(
                    call -> call.kind().equals("redis") && call.operation().equals(name)));
            found.add(new Found(
                    FindingKind.EXPENSIVE_COMMAND,
                    name,
                    evidence.route(),
                    evidence.caller(),
                    evidence.examples(),
                    observation.perMinute(1000 * time.histogram().sum()),
                    time.calls() + " times, "
                            + Numbers.of(1000 * time.histogram().sum()) + " ms together" + slowest(time),
                    INSTEAD.getOrDefault(name, "")));
        });
        return found;
    }

    private static String slowest(Value.Distribution time) {
        return time.histogram().count() == 0
                ? ""
                : ", the slowest " + Numbers.of(1000 * time.histogram().max()) + " ms";
    }

    private static @Nullable String name(SeriesKey key) {
        String name = key.get(Attribute.DB_OPERATION);
        return "redis".equals(key.get(Attribute.DB_SYSTEM)) && name != null && NAMES.contains(name) ? name : null;
    }
}
