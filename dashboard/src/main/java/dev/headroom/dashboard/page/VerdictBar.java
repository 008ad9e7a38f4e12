package dev.headroom.dashboard.page;

import dev.headroom.dashboard.budget.Verdict;
import dev.headroom.dashboard.history.VerdictStrip;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A strip of verdicts as an SVG: what is worse is taller, not only of another colour; where nothing judged, nothing is drawn.
 *
 * @param summary the strip in words
 */
public record VerdictBar(List<Cell> cells, String summary) {
    /** In per cent of the strip's width and height. */
    public record Cell(String x, String width, String y, String height, String css, String hint) {}

    public static VerdictBar of(VerdictStrip strip, VerdictStrip.Span span, Instant now) {
        List<Cell> cells = new ArrayList<>();
        Instant begin = VerdictStrip.begin(span, now);
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        int judged = 0;
        for (VerdictStrip.Run run : strip.runs(span, now)) {
            Verdict verdict = run.verdict();
            if (verdict != null) {
                judged += run.slots();
                counts.merge(verdict, run.slots(), Integer::sum);
                cells.add(cell(run, verdict, span, begin));
            }
        }
        return new VerdictBar(List.copyOf(cells), summary(span, counts, judged));
    }

    private static Cell cell(VerdictStrip.Run run, Verdict verdict, VerdictStrip.Span span, Instant begin) {
        double slot = 100.0 / span.slots();
        int height = switch (verdict) {
            case FAIL -> 100;
            case WARN -> 75;
            case PASS -> 45;
            case NO_DATA -> 12;
        };
        Instant from = begin.plus(span.step().multipliedBy(run.first()));
        Instant to = from.plus(span.step().multipliedBy(run.slots()));
        return new Cell(
                SvgLength.percent(slot * run.first()),
                SvgLength.percent(slot * run.slots()),
                100 - height + "%",
                height + "%",
                Figures.css(verdict),
                verdict.label() + " " + Figures.span(from, to));
    }

    private static String summary(VerdictStrip.Span span, Map<Verdict, Integer> counts, int judged) {
        String reach = span == VerdictStrip.Span.DAY ? "24 h" : "30 d";
        if (judged == 0) {
            return "Last " + reach + ": never judged";
        }
        StringBuilder words =
                new StringBuilder("Last " + reach + ", the worst of each " + Figures.age(span.step()) + ":");
        for (Verdict verdict : List.of(Verdict.FAIL, Verdict.WARN, Verdict.PASS, Verdict.NO_DATA)) {
            int slots = counts.getOrDefault(verdict, 0);
            if (slots > 0) {
                words.append(words.charAt(words.length() - 1) == ':' ? " " : ", ")
                        .append(verdict.label())
                        .append(' ')
                        .append(length(span, slots));
            }
        }
        if (judged < span.slots()) {
            words.append(", not judged ").append(length(span, span.slots() - judged));
        }
        return words.toString();
    }

    private static String length(VerdictStrip.Span span, int slots) {
        Duration length = span.step().multipliedBy(slots);
        return length.toHours() >= 48 ? length.toDays() + " d" : Figures.age(length);
    }
}
