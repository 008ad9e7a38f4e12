package dev.headroom.dashboard.page;

import dev.headroom.dashboard.store.Value;
import dev.headroom.histogram.HistogramSnapshot;
import dev.headroom.histogram.LimitCounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleFunction;

/**
 * A histogram of durations over a logarithmic axis, as shares of an SVG's width and height in per cent: bars of equal width, marks
 * at percentiles, lines at the budgets' limits with the exact number of calls beyond them.
 *
 * @param summary the chart in words, for those who do not see it
 */
public record DistributionChart(
        List<Bar> bars, List<Mark> ticks, List<Mark> percentiles, List<Mark> limits, String summary) {
    private static final int MOST_BARS = 64;

    /** What the text below a limit takes of the width; a limit nearer to the one before shows its text on hovering only. */
    private static final double LABEL_PERCENT = 13;

    /** What the name above a percentile takes of the width. */
    private static final double NAME_PERCENT = 4;

    /** So near an edge a label in the middle of its line might be cut off on a phone. */
    private static final double EDGE_PERCENT = 15;

    /** A bar from {@code x} to {@code x + width}, {@code y} from the top; {@code over} when it lies beyond the first limit. */
    public record Bar(String x, String width, String y, String height, boolean over, String hint) {}

    /** A vertical line at {@code x}. */
    public record Mark(String x, String label, String hint) {
        /** The class of its label, which else lies in its middle: near an edge it begins or ends there, so that nothing is cut off. */
        public String side() {
            double percent = Double.parseDouble(x.substring(0, x.length() - 1));
            return percent < EDGE_PERCENT ? "start" : percent > 100 - EDGE_PERCENT ? "end" : "";
        }
    }

    /** How values are written. What is counted travels as durations do, one for each second. */
    private record Words(String most, DoubleFunction<String> value) {
        static final Words DURATIONS = new Words("longest", seconds -> Figures.duration(seconds * 1000));

        String bare(double amount) {
            return value.apply(Math.round(amount * 1e9) / 1e9).replaceAll("\\.0+(?= |$)", "");
        }
    }

    /**
     * Of durations.
     *
     * @param wanted limits in nanoseconds, ascending; those that were not counted exactly are left out
     */
    public static DistributionChart of(Value.Distribution distribution, Set<Long> wanted) {
        return of(distribution, wanted, Words.DURATIONS);
    }

    /**
     * Of amounts, such as statements of a request or bytes of an answer.
     *
     * @param wanted limits in billionths, ascending
     * @param value writes an amount
     */
    public static DistributionChart ofAmounts(
            Value.Distribution distribution, Set<Long> wanted, DoubleFunction<String> value) {
        return of(distribution, wanted, new Words("largest", value));
    }

    private static DistributionChart of(Value.Distribution distribution, Set<Long> wanted, Words words) {
        HistogramSnapshot histogram = distribution.histogram();
        List<Counted> limits = counted(distribution.limits(), wanted, words);
        Axis axis = Axis.over(histogram);
        double firstLimit = limits.isEmpty() ? Double.POSITIVE_INFINITY : limits.get(0).nanos / 1e9;
        return new DistributionChart(
                bars(histogram, axis, firstLimit, words),
                ticks(axis, words),
                percentiles(histogram, axis, words),
                limits(limits, axis),
                summary(histogram, limits, words));
    }

    /** A limit as it was written, and how many events were beyond it. */
    private record Counted(long nanos, String written, long above) {
        String said() {
            return Figures.count(above) + " over " + written;
        }
    }

    private static List<Counted> counted(LimitCounts limits, Set<Long> wanted, Words words) {
        Map<String, Counted> counted = new LinkedHashMap<>();
        for (long nanos : wanted) {
            long above = limits.above(nanos);
            if (above >= 0) {
                // "Less than 100 ms" travels as 99,999,999 ns.
                Counted limit = new Counted(nanos, words.bare(Math.round(nanos / 1000.0) / 1e6), above);
                counted.putIfAbsent(limit.written, limit);
            }
        }
        return List.copyOf(counted.values());
    }

    /** Seconds to per cent of the width, logarithmic. */
    private record Axis(double low, double high, int group) {
        static Axis over(HistogramSnapshot histogram) {
            int buckets = Math.max(1, histogram.bucketCount());
            int group = (buckets + MOST_BARS - 1) / MOST_BARS;
            double low = histogram.bucketCount() == 0 ? 1e-6 : histogram.bucketLowerBound(0);
            double high = histogram.bucketCount() == 0 ? 1 : histogram.bucketUpperBound(buckets - 1);
            // Room on both sides, so that one narrow bucket does not fill the picture.
            return new Axis(low / 1.5, high * 1.5, group);
        }

        double at(double seconds) {
            return 100 * Math.log(seconds / low) / Math.log(high / low);
        }

        boolean holds(double seconds) {
            return seconds > low && seconds < high;
        }
    }

    private static List<Bar> bars(HistogramSnapshot histogram, Axis axis, double firstLimit, Words words) {
        List<long[]> groups = new ArrayList<>();
        long most = 1;
        for (int first = 0; first < histogram.bucketCount(); first += axis.group) {
            int last = Math.min(first + axis.group, histogram.bucketCount()) - 1;
            long count = 0;
            for (int i = first; i <= last; i++) {
                count += histogram.bucket(i);
            }
            most = Math.max(most, count);
            groups.add(new long[] {first, last, count});
        }
        List<Bar> bars = new ArrayList<>();
        for (long[] group : groups) {
            if (group[2] > 0) {
                double low = histogram.bucketLowerBound((int) group[0]);
                double high = histogram.bucketUpperBound((int) group[1]);
                double height = Math.max(1.5, 100.0 * group[2] / most);
                bars.add(new Bar(
                        percent(axis.at(low)),
                        percent(axis.at(high) - axis.at(low)),
                        percent(100 - height),
                        percent(height),
                        low >= firstLimit,
                        Figures.count(group[2]) + " between " + words.value.apply(low) + " and "
                                + words.value.apply(high)));
            }
        }
        return bars;
    }

    private static List<Mark> ticks(Axis axis, Words words) {
        List<Mark> ticks = new ArrayList<>();
        double[] steps = Math.log10(axis.high / axis.low) > 2.5 ? new double[] {1} : new double[] {1, 2, 5};
        for (int decade = -9; decade <= 6; decade++) {
            for (double step : steps) {
                double seconds = step * Math.pow(10, decade);
                if (axis.holds(seconds) && axis.at(seconds) > 2 && axis.at(seconds) < 97) {
                    ticks.add(new Mark(percent(axis.at(seconds)), words.bare(seconds), ""));
                }
            }
        }
        return ticks;
    }

    /** A duration at an axis: 10 ms, not 10.0 ms. */
    static String label(double seconds) {
        return Words.DURATIONS.bare(seconds);
    }

    private static List<Mark> percentiles(HistogramSnapshot histogram, Axis axis, Words words) {
        List<Mark> marks = new ArrayList<>();
        // Names that would lie over each other are written as one, at the first of their lines.
        int named = 0;
        double left = Double.NEGATIVE_INFINITY;
        for (int percent : new int[] {50, 95, 99}) {
            double seconds = histogram.quantile(percent / 100.0);
            if (axis.holds(seconds)) {
                double at = axis.at(seconds);
                String name = "p" + percent;
                boolean free = at - left >= NAME_PERCENT;
                marks.add(new Mark(percent(at), free ? name : "", name + " " + words.value.apply(seconds)));
                if (free) {
                    named = marks.size() - 1;
                    left = at;
                } else {
                    Mark first = marks.get(named);
                    marks.set(named, new Mark(first.x(), first.label() + " " + name, first.hint()));
                }
            }
        }
        return marks;
    }

    private static List<Mark> limits(List<Counted> limits, Axis axis) {
        List<Mark> marks = new ArrayList<>();
        double labelled = Double.NEGATIVE_INFINITY;
        for (Counted limit : limits) {
            double seconds = limit.nanos / 1e9;
            if (axis.holds(seconds)) {
                double at = axis.at(seconds);
                boolean room = at - labelled >= LABEL_PERCENT;
                labelled = room ? at : labelled;
                marks.add(new Mark(percent(at), room ? limit.said() : "", limit.said()));
            }
        }
        return marks;
    }

    private static String summary(HistogramSnapshot histogram, List<Counted> limits, Words words) {
        StringBuilder said = new StringBuilder()
                .append(Figures.count(histogram.count()))
                .append(" calls, p50 ")
                .append(words.value.apply(histogram.quantile(0.5)))
                .append(", p95 ")
                .append(words.value.apply(histogram.quantile(0.95)))
                .append(", p99 ")
                .append(words.value.apply(histogram.quantile(0.99)))
                .append(", ")
                .append(words.most)
                .append(' ')
                .append(words.value.apply(histogram.max()));
        for (Counted limit : limits) {
            said.append("; ").append(limit.said());
        }
        return said.append('.').toString();
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.2f%%", value);
    }
}
