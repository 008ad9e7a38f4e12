package dev.headroom.dashboard.finding;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.example.Example;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Transactions that stay open while nothing happens in the database. What they cost is not the request's time but a connection and locks
 * that others wait for.
 *
 * <p>Saving per minute = time per minute in which transactions waited for HTTP or Redis; of idle ones the rest of the time in which the
 * database had nothing to do.
 */
final class OpenTransactions implements Rule {
    /** Redis within a transaction is taken for what it is up to this time of one transaction, in seconds: the budget's for a cache. */
    private static final double REDIS = 0.020;
    /** Idle time of one transaction in seconds, from which it is found, and of which share of all its time. */
    private static final double IDLE = 0.100;

    private static final double SHARE = 0.5;

    /** Fewer say nothing of how the service works: migrations at a start are a handful. */
    private static final long LEAST = 20;

    private static final double QUANTILE = 0.95;

    @Override
    public List<Found> find(Observation observation) {
        List<Found> found = new ArrayList<>();
        for (String remote : List.of("http", "redis")) {
            observation
                    .distributions(
                            Metric.TRANSACTION_REMOTE_TIME,
                            key -> remote.equals(key.get(Attribute.REMOTE)) ? template(key) : null)
                    .forEach((route, time) -> {
                        double mean = time.histogram().sum()
                                / Math.max(1, time.histogram().count());
                        if (remote.equals("http") || mean > REDIS) {
                            found.add(remote(observation, remote, route, time));
                        }
                    });
        }
        Map<String, Value.Distribution> waits =
                observation.distributions(Metric.TRANSACTION_REMOTE_TIME, OpenTransactions::template);
        Map<String, Value.Distribution> durations =
                observation.distributions(Metric.TRANSACTION_DURATION, OpenTransactions::template);
        observation
                .distributions(Metric.TRANSACTION_IDLE, OpenTransactions::template)
                .forEach((route, idle) -> {
                    double remote = seconds(waits.get(route));
                    double unexplained = idle.histogram().sum() - remote;
                    if (idle.histogram().count() >= LEAST
                            && idle.histogram().quantile(QUANTILE) > IDLE
                            && unexplained > SHARE * seconds(durations.get(route))
                            && unexplained > IDLE) {
                        found.add(idle(observation, route, idle, unexplained));
                    }
                });
        return found;
    }

    /** Empty outside of requests. */
    private static String template(SeriesKey key) {
        return key.get(Attribute.HTTP_ROUTE, "");
    }

    private static double seconds(Value.@Nullable Distribution time) {
        return time == null ? 0 : time.histogram().sum();
    }

    private static Found remote(Observation observation, String remote, String route, Value.Distribution time) {
        Evidence evidence =
                Evidence.of(observation.sightings(call -> call.kind().equals(remote)).stream()
                        .filter(each -> of(each, route) && within(each.example(), each.call()))
                        .toList());
        String name = remote.equals("http") ? "HTTP" : "Redis";
        return new Found(
                FindingKind.REMOTE_CALL_IN_TRANSACTION,
                name + " in a transaction",
                named(evidence, route),
                evidence.caller(),
                evidence.examples(),
                observation.perMinute(1000 * time.histogram().sum()),
                time.histogram().count() + " transactions waited for " + name + ", "
                        + Numbers.of(
                                1000 * time.histogram().sum() / time.histogram().count())
                        + " ms on average; each held a connection and its locks",
                "Call before the transaction begins or after it has ended.");
    }

    private static Found idle(Observation observation, String route, Value.Distribution idle, double seconds) {
        Evidence whole = evidence(observation, "transaction", route);
        Evidence evidence = whole.examples().isEmpty() ? evidence(observation, "commit", route) : whole;
        return new Found(
                FindingKind.IDLE_IN_TRANSACTION,
                "transaction",
                named(evidence, route),
                evidence.caller(),
                evidence.examples(),
                observation.perMinute(1000 * seconds),
                "one in twenty of " + idle.histogram().count() + " transactions was idle for "
                        + Numbers.of(1000 * idle.histogram().quantile(QUANTILE)) + " ms or more",
                "Do what needs no database before the transaction begins or after it has ended.");
    }

    private static Evidence evidence(Observation observation, String kind, String route) {
        return Evidence.of(observation.sightings(call -> call.kind().equals(kind)).stream()
                .filter(each -> of(each, route))
                .toList());
    }

    private static boolean of(Observation.Sighting sighting, String route) {
        return Objects.equals(route, sighting.example().route());
    }

    /** Or between a statement and a commit, where the example does not tell when transactions began. */
    private static boolean within(Example example, Example.Call call) {
        if (call.transaction() != null) {
            return true;
        }
        boolean statement = false;
        boolean committed = false;
        for (Example.Call each : example.calls()) {
            if (each.kind().equals("transaction")
                    && each.startMs() <= call.startMs()
                    && call.startMs() < each.startMs() + each.durationMs()) {
                return true;
            }
            statement |= each.kind().equals("sql") && each.startMs() < call.startMs();
            committed |= each.kind().equals("commit") && each.startMs() > call.startMs();
        }
        return statement && committed;
    }

    private static @Nullable String named(Evidence evidence, String route) {
        String named = evidence.route();
        return named != null ? named : route.isEmpty() ? null : route;
    }
}
