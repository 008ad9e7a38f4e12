package dev.headroom.dashboard.api;

import dev.headroom.dashboard.compare.Compared;
import dev.headroom.dashboard.compare.Comparison;
import dev.headroom.dashboard.compare.Direction;
import dev.headroom.dashboard.compare.Kind;
import dev.headroom.dashboard.compare.Measured;
import dev.headroom.dashboard.compare.Side;
import dev.headroom.dashboard.epoch.Epoch;
import dev.headroom.dashboard.store.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A comparison as JSON.
 *
 * @param epoch name of the moment between the sides; null where sides were asked for
 * @param routes "METHOD template"; what got worse first, then what got better, by the change of time spent in it
 * @param queries statements, in the same order; caches and calls likewise
 */
record CompareAnswer(
        String service,
        @Nullable String epoch,
        @Nullable Instant at,
        Stretch before,
        Stretch after,
        List<Row> routes,
        List<Row> queries,
        List<Row> caches,
        List<Row> calls) {
    /** At most so long before and after an epoch. */
    static final Duration SPAN = Duration.ofHours(1);

    private static final double MILLIS = 1000;

    /** @param slices of time with reports: with six on each side noise that comes and goes is told from a change */
    record Stretch(String words, Instant from, Instant to, int slices) {
        static Stretch of(Side side, int slices) {
            return new Stretch(side.words(), side.range().from(), side.range().to(), slices);
        }
    }

    /**
     * A row of both sides.
     *
     * @param fingerprint of a statement; empty for others
     * @param before null where there was none of it
     * @param medianChange share of the median before; null where one of the two is missing
     * @param medianChance how likely the slices lie so far apart by chance; null where there are too few
     */
    record Row(
            String name,
            String fingerprint,
            @Nullable Amounts before,
            @Nullable Amounts after,
            @Nullable Double medianChange,
            @Nullable Double p95Change,
            @Nullable Double medianChance,
            @Nullable Double p95Chance,
            Direction verdict) {}

    /**
     * One side of a row.
     *
     * @param count calls, of which those without a time count as well
     * @param statements SQL statements of a request, on average; null for others and where no agent counts them
     * @param hitRatio of a cache
     */
    record Amounts(
            long count,
            double ratePerSecond,
            @Nullable Double p50Ms,
            @Nullable Double p95Ms,
            double totalMs,
            @Nullable Double failedShare,
            @Nullable Double statements,
            @Nullable Double hitRatio) {}

    static CompareAnswer of(Comparison comparison, @Nullable Epoch epoch) {
        return new CompareAnswer(
                comparison.service(),
                epoch == null ? null : epoch.name(),
                epoch == null ? null : epoch.at(),
                Stretch.of(comparison.before(), comparison.slicesBefore()),
                Stretch.of(comparison.after(), comparison.slicesAfter()),
                rows(comparison, Kind.ROUTE),
                rows(comparison, Kind.STATEMENT),
                rows(comparison, Kind.CACHE),
                rows(comparison, Kind.CALL));
    }

    private static List<Row> rows(Comparison comparison, Kind kind) {
        return comparison.rows().stream()
                .filter(row -> row.kind() == kind)
                .map(CompareAnswer::row)
                .toList();
    }

    private static Row row(Compared row) {
        return new Row(
                row.name(),
                row.kind() == Kind.STATEMENT ? row.id() : "",
                before(row),
                after(row),
                row.median().change(),
                row.p95().change(),
                row.median().p(),
                row.p95().p(),
                row.direction());
    }

    private static @Nullable Amounts before(Compared row) {
        Measured statements = row.statements();
        Measured hits = row.hitRatio();
        return row.callsBefore() == 0
                ? null
                : new Amounts(
                        row.callsBefore(),
                        row.rateBefore(),
                        millis(row.median().before()),
                        millis(row.p95().before()),
                        total(row.before()),
                        row.errors().before(),
                        statements == null ? null : statements.before(),
                        hits == null ? null : hits.before());
    }

    private static @Nullable Amounts after(Compared row) {
        Measured statements = row.statements();
        Measured hits = row.hitRatio();
        return row.callsAfter() == 0
                ? null
                : new Amounts(
                        row.callsAfter(),
                        row.rateAfter(),
                        millis(row.median().after()),
                        millis(row.p95().after()),
                        total(row.after()),
                        row.errors().after(),
                        statements == null ? null : statements.after(),
                        hits == null ? null : hits.after());
    }

    private static @Nullable Double millis(@Nullable Double seconds) {
        return seconds == null ? null : Double.valueOf(seconds * MILLIS);
    }

    private static double total(Value.@Nullable Distribution all) {
        return all == null ? 0 : all.histogram().sum() * MILLIS;
    }
}
