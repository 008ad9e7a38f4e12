package dev.headroom.dashboard.budget;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.store.Point;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How often one shape of SQL statement was run, whatever its outcome and database; ends of transactions are no statements. A batch
 * is one run, and another statement than the single one.
 *
 * @param fingerprint of the shape; empty for statements beyond the agent's cap, which are not told apart
 * @param operation SELECT, INSERT, BATCH INSERT, ...
 * @param text every literal replaced by ?
 */
public record StatementRuns(String fingerprint, String operation, String text, long runs, double seconds) {
    private static final Set<String> ENDS = Set.of("COMMIT", "ROLLBACK");
    private static final Set<String> WRITES =
            Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE", "UPSERT", "MIXED");
    private static final String BATCH = "BATCH ";

    /** Of these points, the statement with the most runs first. */
    public static List<StatementRuns> of(List<Point> points) {
        Map<String, StatementRuns> shapes = new LinkedHashMap<>();
        for (Point point : points) {
            SeriesKey key = point.key();
            if (EventSource.STATEMENTS.accepts(key)
                    && key.is(Metric.DB_DURATION)
                    && !ENDS.contains(key.get(Attribute.DB_OPERATION, ""))
                    && point.value() instanceof Value.Distribution calls) {
                StatementRuns one = new StatementRuns(
                        key.get(Attribute.DB_FINGERPRINT, ""),
                        key.get(Attribute.DB_OPERATION, ""),
                        key.get(Attribute.DB_QUERY, ""),
                        calls.calls(),
                        calls.histogram().sum());
                shapes.merge(one.operation + " " + one.fingerprint, one, StatementRuns::plus);
            }
        }
        List<StatementRuns> sorted = new ArrayList<>(shapes.values());
        sorted.sort(Comparator.comparingLong(StatementRuns::runs).reversed());
        return List.copyOf(sorted);
    }

    private StatementRuns plus(StatementRuns other) {
        return new StatementRuns(fingerprint, operation, text, runs + other.runs, seconds + other.seconds);
    }

    /** Whether repeating it is what {@code db.repeated} counts. */
    public boolean reads() {
        return known() && operation.equals("SELECT");
    }

    /** Whether repeating it is what {@code db.repeated_writes} counts. */
    public boolean writes() {
        String verb = operation.startsWith(BATCH) ? operation.substring(BATCH.length()) : operation;
        return known() && WRITES.contains(verb);
    }

    private boolean known() {
        return !fingerprint.isEmpty();
    }
}
