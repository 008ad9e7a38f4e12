package dev.headroom.dashboard.page;

import dev.headroom.dashboard.epoch.Epoch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * Values over time as an SVG that needs no script: lines in a square of 1000 by 100, marks and labels in per cent of the width and
 * height. A value that is missing is a gap, never zero.
 *
 * @param lines drawn in this order, told apart by colour and dash
 * @param slots one per slice of time; a link that shows this slice alone
 * @param summary the chart in words
 * @param epochs deploys and migrations of the time shown, oldest first
 * @param strip whether what it shows is all there
 */
public record LineChart(
        String title,
        List<Line> lines,
        List<Mark> levels,
        List<Mark> times,
        List<Slot> slots,
        String summary,
        List<EpochMark> epochs,
        Strip strip) {
    /** Beyond it the newest: more lines than that hide what they mark. */
    private static final int MOST_EPOCHS = 12;

    private static final double WIDTH = 1000;
    private static final double HEIGHT = 100;

    /** Values of one name, oldest first; NaN where there is none. */
    public record Series(String name, List<Double> values) {}

    /** @param path the line in the square */
    public record Line(String name, String path, String newest) {}

    /** A label at {@code at} per cent. */
    public record Mark(String at, String label) {}

    /** @param css of its kind: deploy, migration or plan */
    public record EpochMark(String at, String label, String hint, String css) {}

    /** Something that happened; {@code kind} and {@code name} together say what. */
    public record Moment(Instant at, String kind, String name) {
        public static Moment of(Epoch epoch) {
            return new Moment(epoch.at(), epoch.kind().word(), epoch.name());
        }
    }

    public record Slot(String x, String width, String hint, String href) {}

    /**
     * @param starts begin of every slice, and the end of the last
     * @param label writes a value with its unit
     */
    public static LineChart of(
            Frame frame, String title, List<Instant> starts, List<Series> series, DoubleFunction<String> label) {
        double top = top(series);
        List<Line> lines = new ArrayList<>();
        for (Series one : series) {
            lines.add(new Line(one.name(), path(one.values(), top), newest(one.values(), label)));
        }
        return new LineChart(
                title,
                lines,
                List.of(new Mark("0%", label.apply(top)), new Mark("50%", label.apply(top / 2)), new Mark("100%", "0")),
                times(starts),
                slots(frame, starts, series, label),
                summary(title, series, label),
                List.of(),
                Strip.NONE);
    }

    /** The same over this strip. */
    public LineChart over(Strip below) {
        return new LineChart(title, lines, levels, times, slots, summary, epochs, below);
    }

    /** The same with what happened to the service between its begin and end, and the words for it in the summary. */
    public LineChart marking(List<Epoch> of, Instant begin, Instant end) {
        return noting(of.stream().map(Moment::of).toList(), begin, end);
    }

    /** The same of anything that happened. */
    public LineChart noting(List<Moment> of, Instant begin, Instant end) {
        double length = Duration.between(begin, end).toMillis();
        List<Moment> within = of.stream()
                .filter(moment -> !moment.at().isBefore(begin) && moment.at().isBefore(end))
                .sorted(Comparator.comparing(Moment::at))
                .toList();
        List<EpochMark> marks = new ArrayList<>();
        StringBuilder words = new StringBuilder(summary);
        for (Moment epoch : within.subList(Math.max(0, within.size() - MOST_EPOCHS), within.size())) {
            String hint = epoch.kind() + " " + epoch.name() + ", " + Figures.clock(epoch.at()) + " UTC";
            marks.add(new EpochMark(
                    SvgLength.percent(100 * Duration.between(begin, epoch.at()).toMillis() / length),
                    epoch.name(),
                    hint,
                    epoch.kind()));
            words.append(' ').append(hint).append('.');
        }
        return new LineChart(title, lines, levels, times, slots, words.toString(), marks, strip);
    }

    /** A small line without axes in a square of 1000 by 100. */
    public static String spark(List<Double> values) {
        return path(values, top(List.of(new Series("", values))));
    }

    private static String path(List<Double> values, double top) {
        StringBuilder path = new StringBuilder();
        double step = WIDTH / Math.max(1, values.size());
        boolean drawing = false;
        for (int i = 0; i < values.size(); i++) {
            if (Double.isNaN(values.get(i))) {
                drawing = false;
                continue;
            }
            path.append(drawing ? 'L' : 'M')
                    .append(SvgLength.tenth((i + 0.5) * step))
                    .append(' ')
                    .append(SvgLength.tenth(HEIGHT - HEIGHT * values.get(i) / top));
            boolean alone = !drawing && (i + 1 == values.size() || Double.isNaN(values.get(i + 1)));
            if (alone) {
                // A lone value is a dot: a line without length, with a round cap.
                path.append("h.1");
            }
            drawing = true;
        }
        return path.toString();
    }

    /** The next of 1, 2, 2.5, 5 times a power of ten. */
    static double top(List<Series> series) {
        double most = 0;
        for (Series one : series) {
            for (double value : one.values()) {
                most = Double.isNaN(value) ? most : Math.max(most, value);
            }
        }
        if (most <= 0) {
            return 1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(most)));
        for (double step : new double[] {1, 2, 2.5, 5}) {
            if (most <= step * power) {
                return step * power;
            }
        }
        return 10 * power;
    }

    private static List<Mark> times(List<Instant> starts) {
        List<Mark> times = new ArrayList<>();
        int slices = starts.size() - 1;
        Duration length = Duration.between(starts.get(0), starts.get(slices));
        for (int i = 1; i < 6; i++) {
            int slice = slices * i / 6;
            times.add(new Mark(SvgLength.percent(100.0 * slice / slices), Figures.moment(starts.get(slice), length)));
        }
        return times;
    }

    private static List<Slot> slots(
            Frame frame, List<Instant> starts, List<Series> series, DoubleFunction<String> label) {
        List<Slot> slots = new ArrayList<>();
        int slices = starts.size() - 1;
        Duration length = Duration.between(starts.get(0), starts.get(slices));
        for (int i = 0; i < slices; i++) {
            StringBuilder hint = new StringBuilder(Figures.clock(starts.get(i), length));
            for (Series one : series) {
                hint.append("\n")
                        .append(one.name())
                        .append(' ')
                        .append(value(one.values().get(i), label));
            }
            slots.add(new Slot(
                    SvgLength.percent(100.0 * i / slices),
                    SvgLength.percent(100.0 / slices),
                    hint.toString(),
                    frame.between(starts.get(i), starts.get(i + 1))));
        }
        return slots;
    }

    private static String summary(String title, List<Series> series, DoubleFunction<String> label) {
        StringBuilder words = new StringBuilder(title);
        for (Series one : series) {
            double least = Double.POSITIVE_INFINITY;
            double most = Double.NEGATIVE_INFINITY;
            for (double value : one.values()) {
                if (!Double.isNaN(value)) {
                    least = Math.min(least, value);
                    most = Math.max(most, value);
                }
            }
            words.append("; ").append(one.name());
            words.append(
                    least > most
                            ? " without data"
                            : " between " + label.apply(least) + " and " + label.apply(most) + ", newest "
                                    + newest(one.values(), label));
        }
        return words.append('.').toString();
    }

    private static String newest(List<Double> values, DoubleFunction<String> label) {
        for (int i = values.size() - 1; i >= 0; i--) {
            if (!Double.isNaN(values.get(i))) {
                return label.apply(values.get(i));
            }
        }
        return Figures.NONE;
    }

    private static String value(double value, DoubleFunction<String> label) {
        return Double.isNaN(value) ? "no data" : label.apply(value);
    }

    /** What a pointer finds over each slice, as SVG: its values, and the way into it. */
    public String slotElements() {
        Html html = new Html();
        for (Slot slot : slots) {
            html.open("a", "href", slot.href(), "tabindex", "-1")
                    .open("rect", "class", "slot", "y", "0", "height", "100%", "x", slot.x(), "width", slot.width())
                    .element("title", slot.hint())
                    .close("rect")
                    .close("a");
        }
        return html.toString();
    }
}
