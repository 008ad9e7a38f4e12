package dev.headroom.dashboard.page;

import dev.headroom.dashboard.operations.Timing;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The columns that every list of timed operations has. */
public final class TimingColumns {
    private TimingColumns() {}

    /** Total time of the rows in milliseconds. */
    public static <T> double allMs(List<T> rows, Function<T, Timing> timing) {
        double all = 0;
        for (T row : rows) {
            Double total = timing.apply(row).totalMs();
            all += total == null ? 0 : total;
        }
        return all;
    }

    /** Share of time and how often: the first thing to ask of a row. */
    public static <T> List<Column<T>> load(Function<T, Timing> timing, double allMs) {
        return List.of(
                Column.number(
                        "time",
                        "Time",
                        "Share of the time spent in all rows together",
                        row -> timing.apply(row).totalMs(),
                        row -> Cell.share(share(timing.apply(row), allMs))),
                Column.figure(
                        "rate",
                        "/s",
                        "Per second over the range",
                        row -> timing.apply(row).ratePerSecond()),
                Column.number(
                        "count",
                        "Count",
                        "Exact number in the range",
                        row -> timing.apply(row).count(),
                        row -> count(timing.apply(row))),
                Column.number(
                        "errors",
                        "Errors",
                        "Exact number that failed",
                        row -> timing.apply(row).errors(),
                        row -> errors(timing.apply(row))));
    }

    /** With calls that were not timed, a mark: the percentiles beside it are about the others only. */
    private static Cell count(Timing timing) {
        String count = Figures.count(timing.count());
        return timing.untimed() == 0
                ? Cell.number(count)
                : Cell.number(
                        count + " *",
                        Figures.count(timing.untimed())
                                + " were counted while timings were off; times are about the rest only");
    }

    /** How fast, in milliseconds, with the error of the percentiles. */
    public static <T> List<Column<T>> speed(Function<T, Timing> timing) {
        return List.of(
                percentile(
                        "p50",
                        "Median",
                        row -> timing.apply(row).p50Ms(),
                        row -> timing.apply(row).p50Between()),
                percentile(
                        "p95",
                        "95 of 100 were at most this long",
                        row -> timing.apply(row).p95Ms(),
                        row -> timing.apply(row).p95Between()),
                percentile(
                        "p99",
                        "99 of 100 were at most this long",
                        row -> timing.apply(row).p99Ms(),
                        row -> timing.apply(row).p99Between()),
                Column.number(
                        "bound",
                        "±",
                        "Largest relative error of the percentiles; counts are exact",
                        row -> timing.apply(row).errorBound(),
                        row -> new Cell(bound(timing.apply(row)), "n dim", null, null, null)),
                Column.figure(
                        "max", "max ms", "Longest", row -> timing.apply(row).maxMs()));
    }

    private static <T> Column<T> percentile(
            String key,
            String meaning,
            Function<T, @Nullable Double> value,
            Function<T, Timing.@Nullable Between> between) {
        return Column.number(key, key + " ms", meaning, value::apply, row -> {
            Timing.Between known = between.apply(row);
            return known == null
                    ? Cell.number(Figures.number(value.apply(row)))
                    : Cell.number(
                            known.text(Figures::number), "The sender counts in buckets; the truth lies in this one");
        });
    }

    /** "± 1.1 %", or an empty text where there are no percentiles, or where they are ranges. */
    public static String bound(Timing timing) {
        Double bound = timing.errorBound();
        return bound == null || timing.p50Between() != null
                ? ""
                : "± " + Figures.fixed(new StringBuilder(), bound * 100, 1) + " %";
    }

    private static Cell errors(Timing timing) {
        Cell count = Cell.bad(timing.errors());
        String share = timing.count() == 0 ? null : Figures.percent(timing.errors() / (double) timing.count());
        return new Cell(count.text(), count.kind(), null, null, share);
    }

    /** Its share of the time of all rows, in [0, 1]. */
    public static double share(Timing timing, double allMs) {
        Double total = timing.totalMs();
        return total == null || allMs == 0 ? 0 : total / allMs;
    }
}
