package dev.headroom.dashboard.finding;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.store.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Queries that have the database read many rows only to skip them. What each run skips is counted exactly.
 *
 * <p>Saving per minute = runs per minute that skip more than {@value #ROWS} rows × mean time of the statement × mean of the rows skipped
 * / (rows skipped + rows returned): a model that takes rows skipped to cost as much as rows returned.
 */
final class DeepOffsets implements Rule {
    /** What the budget {@code deep-offset} accepts. */
    private static final int ROWS = 1000;

    @Override
    public List<Found> find(Observation observation) {
        Map<String, String> texts = new HashMap<>();
        observation.reading().series().forEach(one -> {
            String print = one.key().get(Attribute.DB_FINGERPRINT);
            if (print != null && one.key().is(Metric.QUERY_OFFSET)) {
                texts.putIfAbsent(print, one.key().get(Attribute.DB_QUERY, ""));
            }
        });
        Map<String, Value.Distribution> times =
                observation.distributions(Metric.DB_DURATION, key -> key.get(Attribute.DB_FINGERPRINT));
        Map<String, Value.Distribution> rows =
                observation.distributions(Metric.QUERY_ROWS, key -> key.get(Attribute.DB_FINGERPRINT));
        List<Found> found = new ArrayList<>();
        observation
                .distributions(Metric.QUERY_OFFSET, key -> key.get(Attribute.DB_FINGERPRINT))
                .forEach((print, offsets) -> {
                    long deep = offsets.histogram().surelyAbove(ROWS);
                    if (deep > 0) {
                        found.add(found(
                                observation,
                                print,
                                texts.getOrDefault(print, ""),
                                deep,
                                offsets,
                                times.get(print),
                                rows.get(print)));
                    }
                });
        return found;
    }

    private static Found found(
            Observation observation,
            String print,
            String text,
            long deep,
            Value.Distribution offsets,
            Value.@Nullable Distribution time,
            Value.@Nullable Distribution rows) {
        double skipped = mean(offsets);
        double returned = rows == null ? 0 : mean(rows);
        Evidence evidence = Evidence.of(observation.sightings(call -> Objects.equals(print, call.fingerprint())));
        return new Found(
                FindingKind.DEEP_OFFSET,
                text,
                evidence.route(),
                evidence.caller(),
                evidence.examples(),
                Observation.known(observation.perMinute((double) deep)
                        * Observation.meanMillis(time)
                        * skipped
                        / (skipped + returned)),
                deep + " of " + offsets.histogram().count() + " runs skipped more than " + ROWS + " rows, the deepest "
                        + Numbers.of(offsets.histogram().max())
                        + "; the database reads them all before the first that is wanted",
                "Go on from the last row instead (keyset paging): WHERE (created_at, id) < (?, ?) ORDER BY created_at DESC, id DESC "
                        + "LIMIT n, over an index on these columns.");
    }

    private static double mean(Value.Distribution distribution) {
        return distribution.histogram().sum()
                / Math.max(1, distribution.histogram().count());
    }
}
