package dev.headroom.dashboard.page.examples;

import dev.headroom.dashboard.example.Example;
import dev.headroom.dashboard.page.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where the time of an example went, as a bar.
 *
 * @param parts those that took any, in their fixed order
 * @param summary the same in words
 */
public record SplitBar(List<Part> parts, String summary) {
    /**
     * A part of the bar.
     *
     * @param css class in the style sheet
     * @param x where it begins, in per cent of the bar
     */
    public record Part(String css, String word, String duration, String share, String x, String width) {}

    static SplitBar of(Example example) {
        Example.Split split = example.split();
        if (split == null) {
            return new SplitBar(List.of(), "Where its time went is not known");
        }
        String[] css = {"sql", "redis", "http", "pool", "own"};
        String[] words = {"database", "Redis", "HTTP out", "pool wait", "own code"};
        double[] millis = {split.dbMs(), split.redisMs(), split.httpMs(), split.poolMs(), split.ownMs()};
        double sum = 0;
        for (double each : millis) {
            sum += each;
        }
        double whole = Math.max(sum, Math.max(example.durationMs(), 1e-6));
        List<Part> parts = new ArrayList<>();
        StringBuilder summary = new StringBuilder();
        double at = 0;
        for (int i = 0; i < millis.length; i++) {
            if (millis[i] > 0) {
                String share = Figures.percent(millis[i] / whole);
                parts.add(new Part(
                        css[i],
                        words[i],
                        Figures.duration(millis[i]),
                        share,
                        percent(at / whole),
                        percent(millis[i] / whole)));
                summary.append(summary.isEmpty() ? "" : ", ")
                        .append(words[i])
                        .append(' ')
                        .append(Figures.duration(millis[i]))
                        .append(" (")
                        .append(share)
                        .append(')');
                at += millis[i];
            }
        }
        return new SplitBar(List.copyOf(parts), summary.toString());
    }

    /** A share of one as an SVG length. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.3f%%", 100 * Math.max(0, Math.min(1, share)));
    }
}
