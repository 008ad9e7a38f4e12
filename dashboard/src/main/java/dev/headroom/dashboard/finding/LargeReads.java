package dev.headroom.dashboard.finding;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.budget.StatementText;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Statements that read more than anybody can use. Rows and columns are counted exactly.
 *
 * <p>Saving per minute of a read without limit = runs per minute with more than 1000 rows × mean time of the statement ×
 * (1 − 1000 / mean rows of the statement, or of its largest result where the mean is smaller). What wide rows cost is not known: none.
 */
final class LargeReads implements Rule {
    private static final int ROWS = 1000;
    private static final int COLUMNS = 30;
    /** The budget asks for the p95. */
    private static final double SHARE = 0.05;

    @Override
    public List<Found> find(Observation observation) {
        Map<String, String> texts = new HashMap<>();
        observation.reading().series().forEach(one -> {
            String print = select(one.key());
            if (print != null) {
                texts.putIfAbsent(print, one.key().get(Attribute.DB_QUERY, ""));
            }
        });
        Map<String, Value.Distribution> times =
                observation.distributions(Metric.DB_DURATION, key -> key.get(Attribute.DB_FINGERPRINT));
        List<Found> found = new ArrayList<>();
        observation.distributions(Metric.QUERY_ROWS, LargeReads::select).forEach((print, rows) -> {
            String text = texts.getOrDefault(print, "");
            long over = rows.histogram().surelyAbove(ROWS);
            if (over > 0 && !text.isEmpty() && StatementText.limit(text) == null) {
                found.add(unbounded(observation, print, text, over, rows, times.get(print)));
            }
        });
        observation.distributions(Metric.QUERY_COLUMNS, LargeReads::select).forEach((print, columns) -> {
            String text = texts.getOrDefault(print, "");
            long over = columns.histogram().surelyAbove(COLUMNS);
            if (!text.isEmpty() && over > SHARE * columns.histogram().count()) {
                found.add(wide(observation, print, text, columns));
            }
        });
        return found;
    }

    private static @Nullable String select(SeriesKey key) {
        return "SELECT".equals(key.get(Attribute.DB_OPERATION)) ? key.get(Attribute.DB_FINGERPRINT) : null;
    }

    private static Found unbounded(
            Observation observation,
            String print,
            String text,
            long over,
            Value.Distribution rows,
            Value.@Nullable Distribution time) {
        double mean = rows.histogram().sum() / rows.histogram().count();
        double most = rows.histogram().max();
        double beyond = 1 - ROWS / Math.max(ROWS, mean > ROWS ? mean : most);
        Evidence evidence = evidence(observation, print);
        return new Found(
                FindingKind.UNBOUNDED_READ,
                text,
                evidence.route(),
                evidence.caller(),
                evidence.examples(),
                Observation.known(observation.perMinute((double) over) * Observation.meanMillis(time) * beyond),
                over + " of " + rows.histogram().count() + " results had more than " + ROWS + " rows, the largest "
                        + Numbers.of(most) + "; the statement has no limit",
                "Read a page at a time: LIMIT with an ORDER BY over an index, or go on from the last key.");
    }

    private static Found wide(Observation observation, String print, String text, Value.Distribution columns) {
        Evidence evidence = evidence(observation, print);
        return new Found(
                FindingKind.WIDE_SELECT,
                text,
                evidence.route(),
                evidence.caller(),
                evidence.examples(),
                null,
                Numbers.of(columns.histogram().max()) + " columns in "
                        + columns.histogram().count() + " results",
                "Name the columns that are used, or read into a projection.");
    }

    private static Evidence evidence(Observation observation, String print) {
        return Evidence.of(observation.sightings(call -> Objects.equals(print, call.fingerprint())));
    }
}
