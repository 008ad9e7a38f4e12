package dev.headroom.dashboard.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * Parts of a whole over time, one upon the other, as an SVG that needs no script. A slice without data is a gap in all of them.
 *
 * @param axes everything but the bands: title, levels, times, slices with their values, and the words
 * @param bands from the bottom up
 * @param note how to read it
 */
public record StackedChart(LineChart axes, List<Band> bands, String note) {
    private static final double WIDTH = 1000;
    private static final double HEIGHT = 100;

    /**
     * A part.
     *
     * @param css class in the style sheet
     * @param href the list that the part is made of; empty where there is none
     * @param values oldest first; NaN where there is none
     */
    public record Part(String css, String name, String href, List<Double> values) {}

    /** @param path the part's outline in a square of 1000 by 100 */
    public record Band(String css, String name, String href, String path, String newest) {}

    /**
     * @param starts begin of every slice, and the end of the last
     * @param parts from the bottom up; those that are never above zero are left out
     * @param label writes a value with its unit
     */
    public static StackedChart of(
            Frame frame,
            String title,
            String note,
            List<Instant> starts,
            List<Part> parts,
            DoubleFunction<String> label) {
        List<Part> drawn = parts.stream()
                .filter(part -> part.values().stream().anyMatch(value -> value > 0))
                .toList();
        int slices = starts.size() - 1;
        List<List<Double>> tops = new ArrayList<>(List.of(Collections.nCopies(slices, 0.0)));
        for (Part part : drawn) {
            tops.add(plus(tops.get(tops.size() - 1), part.values()));
        }
        List<LineChart.Series> series = new ArrayList<>();
        series.add(new LineChart.Series("all", tops.get(tops.size() - 1)));
        drawn.forEach(part -> series.add(new LineChart.Series(part.name(), part.values())));
        LineChart axes = LineChart.of(frame, title, starts, series, label);
        double most = LineChart.top(series);
        List<Band> bands = new ArrayList<>();
        for (int i = 0; i < drawn.size(); i++) {
            Part part = drawn.get(i);
            bands.add(new Band(
                    part.css(),
                    part.name(),
                    part.href(),
                    outline(tops.get(i), tops.get(i + 1), most),
                    axes.lines().get(i + 1).newest()));
        }
        return new StackedChart(axes, List.copyOf(bands), note);
    }

    private static List<Double> plus(List<Double> below, List<Double> values) {
        List<Double> sum = new ArrayList<>();
        for (int i = 0; i < below.size(); i++) {
            sum.add(below.get(i) + values.get(i));
        }
        return sum;
    }

    /** In steps: a slice's value holds for all of it. */
    private static String outline(List<Double> below, List<Double> above, double most) {
        StringBuilder path = new StringBuilder();
        double step = WIDTH / below.size();
        int at = 0;
        while (at < above.size()) {
            int end = at;
            while (end < above.size() && !Double.isNaN(above.get(end))) {
                end++;
            }
            if (end > at) {
                path.append('M').append(SvgLength.tenth(at * step)).append(' ').append(y(above.get(at), most));
                for (int i = at; i < end; i++) {
                    path.append('V').append(y(above.get(i), most)).append('H').append(SvgLength.tenth((i + 1) * step));
                }
                for (int i = end - 1; i >= at; i--) {
                    path.append('V').append(y(below.get(i), most)).append('H').append(SvgLength.tenth(i * step));
                }
                path.append('Z');
            }
            at = end + 1;
        }
        return path.toString();
    }

    private static String y(double value, double most) {
        return SvgLength.tenth(HEIGHT - HEIGHT * value / most);
    }

    /** The same over this strip, with what happened to the service. */
    public StackedChart with(LineChart its) {
        return new StackedChart(its, bands, note);
    }
}
