package dev.headroom.dashboard.finding;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.example.Example;
import dev.headroom.dashboard.store.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Statements that one request runs again and again. Examples show which and where; how many requests do it is counted exactly.
 *
 * <p>Saving per minute = mean time of the statement, exactly counted, × (k − 1) for k repeats in one request, × requests per minute
 * that do it: the lesser of those that repeat a statement so often at all, by {@code headroom.request.db.repeated} or
 * {@code .repeated_writes}, and the statement's runs divided by k.
 */
final class RepeatedStatements implements Rule {
    /** One more than the budget {@code n-plus-one} accepts. */
    private static final long SELECTS = 5;
    /** One more than the budget {@code unbatched-writes} accepts. */
    private static final long WRITES = 11;

    private static final Set<String> CHANGING = Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE", "UPSERT");
    /** A read of so many rows a run takes its rows in portions on purpose. */
    private static final long ROWS_OF_A_PORTION = 2;

    @Override
    public List<Found> find(Observation observation) {
        List<Found> found = new ArrayList<>();
        for (Repeats each : Repeats.of(observation, call -> selects(call) && varies(call) && !portion(call), SELECTS)) {
            add(
                    found,
                    observation,
                    FindingKind.N_PLUS_ONE,
                    each,
                    Metric.REQUEST_DB_REPEATED,
                    SELECTS,
                    "Read them together: a join, a fetch join or batch size, or one query with IN (…).");
        }
        for (Repeats each : Repeats.of(observation, call -> selects(call) && !varies(call), 2)) {
            add(
                    found,
                    observation,
                    FindingKind.DUPLICATE_QUERY,
                    each,
                    Metric.REQUEST_DB_REPEATED,
                    2,
                    "Ask once and pass the result on: the statement has no parameter, so that its answer is the same.");
        }
        for (Repeats each : Repeats.of(observation, RepeatedStatements::changes, WRITES)) {
            add(
                    found,
                    observation,
                    FindingKind.UNBATCHED_WRITES,
                    each,
                    Metric.REQUEST_DB_REPEATED_WRITES,
                    WRITES,
                    "Send them together: addBatch and executeBatch, hibernate.jdbc.batch_size, or one INSERT of many rows.");
        }
        return found;
    }

    private static boolean selects(Example.Call call) {
        return call.kind().equals("sql") && call.operation().equals("SELECT");
    }

    private static boolean changes(Example.Call call) {
        return call.kind().equals("sql") && CHANGING.contains(call.operation());
    }

    private static boolean varies(Example.Call call) {
        return call.text().indexOf('?') >= 0;
    }

    private static boolean portion(Example.Call call) {
        Long rows = call.rows();
        return call.text().contains(" IN (?)") && rows != null && rows > ROWS_OF_A_PORTION * call.count();
    }

    private static void add(
            List<Found> found,
            Observation observation,
            FindingKind kind,
            Repeats repeats,
            Metric counted,
            long least,
            String fix) {
        Value.Distribution requests =
                observation.distribution(counted, key -> repeats.route().equals(Observation.route(key)));
        Value.Distribution runs = observation.distribution(
                Metric.DB_DURATION,
                key -> repeats.fingerprint() != null
                        && repeats.fingerprint().equals(key.get(Attribute.DB_FINGERPRINT)));
        if (requests == null || runs == null) {
            return;
        }
        long doingIt = requests.histogram().surelyAbove((double) (least - 1));
        if (doingIt == 0) {
            return;
        }
        double affected = Math.min((double) doingIt, runs.calls() / repeats.count());
        double each = Observation.meanMillis(runs);
        found.add(new Found(
                kind,
                repeats.text(),
                repeats.route(),
                repeats.evidence().caller(),
                repeats.evidence().examples(),
                Observation.known(each * (repeats.count() - 1) * observation.perMinute(affected)),
                Numbers.of(repeats.count()) + " runs in one request, " + Numbers.of(each) + " ms each by all counts; "
                        + doingIt + " of " + requests.calls() + " requests repeat a statement like that",
                fix));
    }
}
