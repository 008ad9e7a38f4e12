package dev.headroom.dashboard.operations;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.Value;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The Redis commands of one key pattern, counted as the server counts them: those with a reply of their own by their durations,
 * those in pipelines and transactions and blocking ones by the agent's untimed counter. Not thread-safe.
 */
final class RedisCommands {
    private static final String SYSTEM = "redis";

    /** What the agent calls the round trip of a pipeline; not a command of Redis. */
    private static final String PIPELINE = "PIPELINE";

    private final Timings all = new Timings();
    private final Map<String, Timings> byCommand = new TreeMap<>();

    /** Whether the series is about Redis commands. */
    static boolean isCommand(SeriesKey key) {
        return key.is(Metric.REDIS_UNTIMED)
                || (key.is(Metric.DB_DURATION) && SYSTEM.equals(key.get(Attribute.DB_SYSTEM)));
    }

    void add(SeriesData series) {
        String command = series.key().get(Attribute.DB_OPERATION, "unknown");
        boolean failed = series.key().get(Attribute.ERROR_TYPE) != null;
        if (series.value() instanceof Value.Sum untimed) {
            all.addUntimed(Math.round(untimed.amount()), failed);
            of(command).addUntimed(Math.round(untimed.amount()), failed);
        } else if (series.value() instanceof Value.Distribution timed) {
            if (command.equals(PIPELINE)) {
                all.addRoundTrips(timed);
            } else {
                all.add(timed, failed);
                of(command).add(timed, failed);
            }
        }
    }

    private Timings of(String command) {
        return byCommand.computeIfAbsent(command, absent -> new Timings());
    }

    Timing timing(double seconds) {
        return all.over(seconds);
    }

    /** Most called first. */
    List<Rows.Command> commands(double seconds) {
        return byCommand.entrySet().stream()
                .map(entry -> new Rows.Command(entry.getKey(), entry.getValue().over(seconds)))
                .sorted(Comparator.comparingLong(
                                (Rows.Command one) -> -one.timing().count())
                        .thenComparing(Rows.Command::operation))
                .toList();
    }

    /** Where the series belongs among the caches: its key pattern, or the command's name when it has no key. */
    static String pattern(SeriesKey key) {
        if (key.get(Attribute.OVERFLOW) != null) {
            return Operations.OVERFLOW;
        }
        return key.get(Attribute.DB_KEY_PATTERN, key.get(Attribute.DB_OPERATION, "unknown"));
    }
}
