package dev.headroom.dashboard.finding;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.plan.KeptPlan;
import dev.headroom.dashboard.plan.Plan;
import dev.headroom.dashboard.store.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Statements whose plan reads a large table from one end to the other and leaves rows out by columns that no index serves.
 *
 * <p>Saving per minute = all of the statement's time: with an index next to nothing of it is left, so this is an upper bound.
 */
final class MissingIndexes implements Rule {
    /** What the budget {@code seq-scan} accepts. */
    private static final long ROWS = 1000;

    @Override
    public List<Found> find(Observation observation) {
        List<Found> found = new ArrayList<>();
        for (KeptPlan plan : observation.plans()) {
            for (Plan.Scan scan : plan.scans()) {
                if (scan.rows() > ROWS && !scan.columns().isEmpty()) {
                    found.add(found(observation, plan, scan));
                }
            }
        }
        return found;
    }

    private static Found found(Observation observation, KeptPlan plan, Plan.Scan scan) {
        Value.Distribution time = observation.distribution(
                Metric.DB_DURATION, key -> plan.fingerprint().equals(key.get(Attribute.DB_FINGERPRINT)));
        Evidence evidence =
                Evidence.of(observation.sightings(call -> Objects.equals(plan.fingerprint(), call.fingerprint())));
        String columns = String.join(", ", scan.columns());
        return new Found(
                FindingKind.MISSING_INDEX,
                plan.statement(),
                evidence.route(),
                evidence.caller(),
                evidence.examples(),
                time == null
                        ? null
                        : observation.perMinute(1000 * time.histogram().sum()),
                "the plan reads all of about " + scan.rows() + " rows of " + scan.table() + " to filter them by "
                        + columns,
                "Try CREATE INDEX " + scan.table() + "_" + String.join("_", scan.columns()) + " ON " + scan.table()
                        + " (" + columns + ")",
                plan.lines());
    }
}
