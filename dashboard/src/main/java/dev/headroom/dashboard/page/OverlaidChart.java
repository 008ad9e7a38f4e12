package dev.headroom.dashboard.page;

import dev.headroom.dashboard.store.Value;
import dev.headroom.histogram.HistogramSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Two distributions of durations over one logarithmic axis, each as its own share, in a square of 1000 by 100; told apart by colour
 * and dash.
 *
 * @param summary the chart in words, for those who do not see it
 */
public record OverlaidChart(List<Outline> outlines, List<LineChart.Mark> ticks, String summary) {
    private static final int BINS = 48;
    private static final double WIDTH = 1000;
    private static final double HEIGHT = 100;

    /** The outline of one side's bars, and what it comes to. */
    public record Outline(String name, String path, String figures) {}

    private record Side(String name, HistogramSnapshot histogram) {}

    /** Null when neither side has durations. */
    public static @Nullable OverlaidChart of(
            String first, Value.@Nullable Distribution a, String second, Value.@Nullable Distribution b) {
        List<Side> sides = new ArrayList<>();
        add(sides, first, a);
        add(sides, second, b);
        double low = Double.POSITIVE_INFINITY;
        double high = 0;
        for (Side side : sides) {
            low = Math.min(low, side.histogram.bucketLowerBound(0));
            high = Math.max(high, side.histogram.bucketUpperBound(side.histogram.bucketCount() - 1));
        }
        if (sides.isEmpty()) {
            return null;
        }
        double from = low / 1.3;
        double to = high * 1.3;
        double most = 0;
        List<double[]> shares = new ArrayList<>();
        for (Side side : sides) {
            double[] share = shares(side.histogram, from, to);
            shares.add(share);
            for (double each : share) {
                most = Math.max(most, each);
            }
        }
        List<Outline> outlines = new ArrayList<>();
        StringBuilder summary = new StringBuilder("Durations of both sides, each as shares of its own calls.");
        for (int i = 0; i < sides.size(); i++) {
            String figures = figures(sides.get(i).histogram);
            outlines.add(new Outline(sides.get(i).name, path(shares.get(i), most), figures));
            summary.append(' ')
                    .append(sides.get(i).name)
                    .append(": ")
                    .append(figures)
                    .append('.');
        }
        return new OverlaidChart(outlines, ticks(from, to), summary.toString());
    }

    private static void add(List<Side> sides, String name, Value.@Nullable Distribution side) {
        if (side != null && side.histogram().bucketCount() > 0) {
            sides.add(new Side(name, side.histogram()));
        }
    }

    private static String figures(HistogramSnapshot histogram) {
        return Figures.count(histogram.count()) + " calls, p50 "
                + Figures.duration(histogram.quantile(0.5) * 1000) + ", p95 "
                + Figures.duration(histogram.quantile(0.95) * 1000) + ", p99 "
                + Figures.duration(histogram.quantile(0.99) * 1000);
    }

    /** A bucket that reaches over several bins is spread over them, as its values are as likely here as there. */
    private static double[] shares(HistogramSnapshot histogram, double from, double to) {
        double[] shares = new double[BINS];
        double perBin = Math.log(to / from) / BINS;
        for (int i = 0; i < histogram.bucketCount(); i++) {
            double begin = Math.log(histogram.bucketLowerBound(i) / from) / perBin;
            double end = Math.log(histogram.bucketUpperBound(i) / from) / perBin;
            for (int bin = Math.max(0, (int) begin); bin < BINS && bin < end; bin++) {
                double within = Math.min(end, bin + 1) - Math.max(begin, bin);
                shares[bin] += histogram.bucket(i) * Math.max(0, within) / (end - begin) / histogram.count();
            }
        }
        return shares;
    }

    private static String path(double[] shares, double most) {
        StringBuilder path = new StringBuilder("M0 100");
        for (int i = 0; i < shares.length; i++) {
            path.append('V')
                    .append(SvgLength.tenth(HEIGHT - (most == 0 ? 0 : 96 * shares[i] / most)))
                    .append('H')
                    .append(SvgLength.tenth(WIDTH * (i + 1) / shares.length));
        }
        return path.append("V100").toString();
    }

    private static List<LineChart.Mark> ticks(double from, double to) {
        List<LineChart.Mark> ticks = new ArrayList<>();
        double[] steps = Math.log10(to / from) > 2.5 ? new double[] {1} : new double[] {1, 2, 5};
        for (int decade = -9; decade <= 6; decade++) {
            for (double step : steps) {
                double seconds = step * Math.pow(10, decade);
                double at = 100 * Math.log(seconds / from) / Math.log(to / from);
                if (at > 2 && at < 97) {
                    ticks.add(new LineChart.Mark(
                            String.format(Locale.ROOT, "%.2f%%", at), DistributionChart.label(seconds)));
                }
            }
        }
        return ticks;
    }
}
