package dev.headroom.dashboard.run.report;

import dev.headroom.dashboard.run.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A distribution as an SVG over a logarithmic axis; the baseline is an outline over it. Stateless. */
final class Drawing {
    private static final double WIDTH = 640;
    private static final double GROUND = 92;
    private static final double TOP = 12;

    private final double low;
    private final double high;
    private final StringBuilder out = new StringBuilder();

    private Drawing(double low, double high) {
        this.low = low;
        this.high = high;
    }

    static String of(RunResult.Picture picture) {
        double low = Double.MAX_VALUE;
        double high = 0;
        List<RunResult.Bar> all = new ArrayList<>(picture.bars());
        all.addAll(picture.before());
        for (RunResult.Bar bar : all) {
            low = Math.min(low, bar.low());
            high = Math.max(high, bar.high());
        }
        for (RunResult.Line line : picture.limits()) {
            // A limit far from everything would leave the rest a blot.
            boolean near = line.seconds() > low / 20 && line.seconds() < high * 20;
            low = near ? Math.min(low, line.seconds()) : low;
            high = near ? Math.max(high, line.seconds()) : high;
        }
        return new Drawing(Math.max(low, 1e-9) / 1.3, Math.max(high, 2e-9) * 1.3).draw(picture);
    }

    private double x(double seconds) {
        double share = Math.log(Math.max(seconds, low) / low) / Math.log(high / low);
        return WIDTH * Math.min(1, share);
    }

    private String draw(RunResult.Picture picture) {
        double most = Math.max(densest(picture.bars()), densest(picture.before()));
        double limit = picture.limits().isEmpty()
                ? Double.POSITIVE_INFINITY
                : picture.limits().get(0).seconds();
        out.append("<svg viewBox=\"0 0 640 110\" role=\"img\" aria-label=\"")
                .append(Escape.markup(summary(picture)))
                .append("\">");
        long total = total(picture.bars());
        for (RunResult.Bar bar : picture.bars()) {
            double height = Math.max(1, (GROUND - TOP) * density(bar, total) / most);
            out.append("<rect class=\"")
                    .append(bar.low() >= limit * 0.999 ? "over" : "bar")
                    .append(at(
                            "\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\">",
                            x(bar.low()), GROUND - height, Math.max(1, x(bar.high()) - x(bar.low())), height))
                    .append("<title>")
                    .append(Words.count(bar.count()))
                    .append(" between ")
                    .append(Words.seconds(bar.low()))
                    .append(" and ")
                    .append(Words.seconds(bar.high()))
                    .append("</title></rect>");
        }
        outline(picture.before(), most);
        out.append(at("<path class=\"ground\" d=\"M0 %.1fH640\"/>", GROUND));
        mark(picture.p50(), "p50");
        mark(picture.p95(), "p95");
        mark(picture.p99(), "p99");
        for (RunResult.Line line : picture.limits()) {
            if (line.seconds() >= low && line.seconds() <= high) {
                double x = x(line.seconds());
                out.append(at("<path class=\"limit\" d=\"M%.1f 2V%.1f\"/>", x, GROUND));
                out.append(at("<text class=\"limit\" x=\"%.1f\" y=\"106\" text-anchor=\"middle\">", edge(x)))
                        .append(Words.seconds(line.seconds()))
                        .append("</text>");
            }
        }
        return out.append("</svg>").toString();
    }

    private void outline(List<RunResult.Bar> before, double most) {
        if (before.isEmpty()) {
            return;
        }
        long total = total(before);
        out.append("<path class=\"before\" d=\"");
        double end = Double.NaN;
        for (RunResult.Bar bar : before) {
            double y = GROUND - (GROUND - TOP) * density(bar, total) / most;
            if (end != bar.low()) {
                out.append(Double.isNaN(end) ? "" : at("V%.1f", GROUND));
                out.append(at("M%.1f %.1f", x(bar.low()), GROUND));
            }
            out.append(at("V%.1fH%.1f", y, x(bar.high())));
            end = bar.high();
        }
        out.append(at("V%.1f\"/>", GROUND));
    }

    private void mark(double seconds, String name) {
        if (seconds >= low && seconds <= high) {
            double x = x(seconds);
            out.append(at("<path class=\"mark\" d=\"M%.1f %.1fV%.1f\"/>", x, GROUND, GROUND + 4));
            out.append(at("<text x=\"%.1f\" y=\"10\" text-anchor=\"middle\">", edge(x)))
                    .append(name)
                    .append("</text>")
                    .append(at("<path class=\"mark\" d=\"M%.1f 13V%.1f\"/>", x, GROUND));
        }
    }

    private static double edge(double x) {
        return Math.min(WIDTH - 24, Math.max(24, x));
    }

    private static long total(List<RunResult.Bar> bars) {
        return Math.max(1, bars.stream().mapToLong(RunResult.Bar::count).sum());
    }

    /** Share of all per width on the axis, so that bars of other widths can be laid over each other. */
    private static double density(RunResult.Bar bar, long total) {
        double width = Math.log(bar.high() / Math.max(bar.low(), bar.high() / 1e9));
        return (double) bar.count() / total / Math.max(width, 1e-9);
    }

    private static double densest(List<RunResult.Bar> bars) {
        long total = total(bars);
        return bars.stream().mapToDouble(bar -> density(bar, total)).max().orElse(1e-12);
    }

    private static String summary(RunResult.Picture picture) {
        StringBuilder words = new StringBuilder(Words.count(picture.n()))
                .append(" calls, p50 ")
                .append(Words.seconds(picture.p50()))
                .append(", p95 ")
                .append(Words.seconds(picture.p95()))
                .append(", p99 ")
                .append(Words.seconds(picture.p99()))
                .append(", longest ")
                .append(Words.seconds(picture.max()));
        for (RunResult.Line line : picture.limits()) {
            Long over = line.over();
            words.append("; ")
                    .append(over == null ? "limit " : Words.count(over) + " over ")
                    .append(Words.seconds(line.seconds()));
        }
        return words.toString();
    }

    static String words(RunResult.Picture picture) {
        return summary(picture);
    }

    private static String at(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
