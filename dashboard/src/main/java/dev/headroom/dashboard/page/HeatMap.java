package dev.headroom.dashboard.page;

import dev.headroom.dashboard.store.TimeRange;
import dev.headroom.dashboard.store.Value;
import dev.headroom.histogram.HistogramSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How long calls took, over time: a column for each slice, a row for each span of durations on a logarithmic axis, the darker the
 * more calls. Lines at the budgets' limits. Needs no script.
 *
 * @param summary the picture in words
 */
public record HeatMap(
        List<Column> columns,
        List<LineChart.Mark> levels,
        List<LineChart.Mark> limits,
        List<LineChart.Mark> times,
        String summary) {
    private static final int ROWS = 24;
    private static final int SHADES = 5;

    /** A slice of time; {@code href} shows it alone. */
    public record Column(String x, String width, String href, String hint, List<Box> boxes) {}

    /** @param shade 1 to 5 */
    public record Box(String y, String height, int shade) {}

    /** What was called in a slice; null where nothing was. */
    public record Slice(TimeRange range, Value.@Nullable Distribution calls) {}

    /** Null when there is no call in any slice. */
    static @Nullable HeatMap of(Frame frame, List<Slice> slices, Set<Long> limitNanos) {
        double low = Double.POSITIVE_INFINITY;
        double high = 0;
        for (Slice slice : slices) {
            if (slice.calls != null && slice.calls.histogram().bucketCount() > 0) {
                HistogramSnapshot histogram = slice.calls.histogram();
                low = Math.min(low, histogram.bucketLowerBound(0));
                high = Math.max(high, histogram.bucketUpperBound(histogram.bucketCount() - 1));
            }
        }
        if (high == 0) {
            return null;
        }
        for (long limit : limitNanos) {
            high = Math.max(high, limit / 1e9 * 1.2);
            low = Math.min(low, limit / 1e9 / 1.2);
        }
        Axis axis = new Axis(low, high);
        List<double[]> counted = new ArrayList<>();
        double most = 0;
        for (Slice slice : slices) {
            double[] rows = axis.spread(slice.calls);
            counted.add(rows);
            for (double row : rows) {
                most = Math.max(most, row);
            }
        }
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < slices.size(); i++) {
            columns.add(column(frame, slices, i, counted.get(i), most));
        }
        return new HeatMap(columns, axis.levels(), axis.limits(limitNanos), times(slices), summary(slices, low, high));
    }

    private static Column column(Frame frame, List<Slice> slices, int at, double[] rows, double most) {
        List<Box> boxes = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            if (rows[row] > 0) {
                // By the logarithm: a handful of slow calls beside thousands of quick ones is what one looks for.
                double share = Math.log1p(rows[row]) / Math.log1p(most);
                boxes.add(new Box(
                        SvgLength.percent(100.0 * (ROWS - 1 - row) / ROWS),
                        SvgLength.percent(100.0 / ROWS),
                        Math.max(1, Math.min(SHADES, (int) Math.ceil(share * SHADES)))));
            }
        }
        TimeRange range = slices.get(at).range;
        return new Column(
                SvgLength.percent(100.0 * at / slices.size()),
                SvgLength.percent(100.0 / slices.size()),
                frame.between(range.from(), range.to()),
                hint(slices.get(at), length(slices)),
                boxes);
    }

    private static String hint(Slice slice, Duration length) {
        String clock = Figures.clock(slice.range.from(), length);
        if (slice.calls == null || slice.calls.histogram().count() == 0) {
            return clock + "\nno data";
        }
        HistogramSnapshot histogram = slice.calls.histogram();
        return clock + "\ncalls " + Figures.count(histogram.count()) + "\np50 "
                + Figures.duration(histogram.quantile(0.5) * 1000) + "\np95 "
                + Figures.duration(histogram.quantile(0.95) * 1000) + "\nmax "
                + Figures.duration(histogram.max() * 1000);
    }

    private static List<LineChart.Mark> times(List<Slice> slices) {
        List<LineChart.Mark> times = new ArrayList<>();
        for (int i = 1; i < 6 && slices.size() > 6; i++) {
            int slice = slices.size() * i / 6;
            times.add(new LineChart.Mark(
                    SvgLength.percent(100.0 * slice / slices.size()),
                    Figures.moment(slices.get(slice).range.from(), length(slices))));
        }
        return times;
    }

    private static Duration length(List<Slice> slices) {
        return Duration.between(
                slices.get(0).range.from(), slices.get(slices.size() - 1).range.to());
    }

    private static String summary(List<Slice> slices, double low, double high) {
        return "How long calls took over time, from " + Figures.duration(low * 1000) + " to "
                + Figures.duration(high * 1000) + ", in " + slices.size() + " slices of "
                + Figures.age(length(slices).dividedBy(slices.size())) + "; darker is more calls.";
    }

    /** Seconds on a logarithmic axis. */
    private record Axis(double low, double high) {
        private double at(double seconds) {
            return Math.log(seconds / low) / Math.log(high / low);
        }

        /** A bucket that reaches over several rows is spread over them. */
        double[] spread(Value.@Nullable Distribution calls) {
            double[] rows = new double[ROWS];
            HistogramSnapshot histogram = calls == null ? HistogramSnapshot.EMPTY : calls.histogram();
            for (int i = 0; i < histogram.bucketCount(); i++) {
                double begin = ROWS * at(histogram.bucketLowerBound(i));
                double end = ROWS * at(histogram.bucketUpperBound(i));
                for (int row = Math.max(0, (int) begin); row < ROWS && row < end; row++) {
                    double within = Math.min(end, row + 1) - Math.max(begin, row);
                    rows[row] += histogram.bucket(i) * Math.max(0, within) / (end - begin);
                }
            }
            return rows;
        }

        List<LineChart.Mark> levels() {
            List<LineChart.Mark> levels = new ArrayList<>();
            for (int decade = -9; decade <= 6; decade++) {
                double share = at(Math.pow(10, decade));
                if (share > 0.02 && share < 0.98) {
                    levels.add(new LineChart.Mark(percent(share), DistributionChart.label(Math.pow(10, decade))));
                }
            }
            return levels;
        }

        List<LineChart.Mark> limits(Set<Long> nanos) {
            List<LineChart.Mark> limits = new ArrayList<>();
            for (long limit : nanos) {
                double seconds = Math.round(limit / 1000.0) / 1e6;
                limits.add(new LineChart.Mark(percent(at(seconds)), "budget " + DistributionChart.label(seconds)));
            }
            return limits;
        }

        private static String percent(double share) {
            return String.format(Locale.ROOT, "%.2f%%", 100 * (1 - share));
        }
    }

    /** The boxes, and the way into each slice, as SVG. */
    public String elements() {
        Html html = new Html();
        for (Column column : columns) {
            html.open("a", "href", column.href(), "tabindex", "-1");
            for (Box box : column.boxes()) {
                html.empty(
                        "rect",
                        "class",
                        "h" + box.shade(),
                        "x",
                        column.x(),
                        "width",
                        column.width(),
                        "y",
                        box.y(),
                        "height",
                        box.height());
            }
            html.open("rect", "class", "slot", "y", "0", "height", "100%", "x", column.x(), "width", column.width())
                    .element("title", column.hint())
                    .close("rect")
                    .close("a");
        }
        return html.toString();
    }
}
