package dev.headroom.dashboard.budget.file;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Writes a budget as it would stand in a file, with the knobs that differ from {@link Knobs#LIVE}. Stateless. */
public final class BudgetYaml {
    private BudgetYaml() {}

    /** An entry of the list of budgets, over several lines. */
    public static String of(Budget budget) {
        List<String> lines = new ArrayList<>();
        lines.add("id: " + budget.id());
        if (!budget.title().equals(budget.id())) {
            lines.add("title: " + quoted(budget.title()));
        }
        optional(lines, "why", budget.why());
        optional(lines, "runbook", budget.runbook());
        optional(lines, "owner", budget.owner());
        lines.add("signal: " + budget.signal().key());
        if (!budget.where().isEmpty()) {
            List<String> where = new ArrayList<>();
            for (Map.Entry<String, ValuePattern> entry : new TreeMap<>(budget.where()).entrySet()) {
                where.add(entry.getKey() + ": " + pattern(entry.getValue().toString()));
            }
            lines.add("where: { " + String.join(", ", where) + " }");
        }
        if (!budget.per().isEmpty()) {
            lines.add("per: ["
                    + String.join(", ", budget.per().stream().map(Per::key).toList()) + "]");
        }
        lines.add("measure: " + quoted(budget.measure().toString()));
        lines.add("target: " + quoted(budget.target().toString()));
        Limit acceptable = budget.acceptable();
        if (acceptable != null) {
            lines.add("acceptable: " + quoted(acceptable.toString()));
        }
        Budget.Compare compare = budget.compare();
        if (compare != null) {
            String kind = compare.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
            lines.add("compare: { to: " + quoted(compare.argument() == null ? kind : kind + ":" + compare.argument())
                    + " }");
        }
        knobs(lines, budget.knobs(), Knobs.LIVE);
        return "- " + String.join("\n  ", lines) + "\n";
    }

    private static void knobs(List<String> lines, Knobs knobs, Knobs usual) {
        differing(lines, "window", time(knobs.window()), time(usual.window()));
        differing(lines, "stretch", time(knobs.stretch()), time(usual.stretch()));
        differing(lines, "min_samples", samples(knobs), samples(usual));
        differing(lines, "min_bad", "" + knobs.minBad(), "" + usual.minBad());
        differing(
                lines,
                "confidence",
                knobs.confidence().toPlainString(),
                usual.confidence().toPlainString());
        differing(lines, "coverage", "" + knobs.coverage(), "" + usual.coverage());
        differing(lines, "warmup", time(knobs.warmup()), time(usual.warmup()));
        differing(lines, "for", time(knobs.hold()), time(usual.hold()));
        differing(lines, "keep", time(knobs.keep()), time(usual.keep()));
        differing(lines, "severity", knobs.severity().key(), usual.severity().key());
        differing(
                lines,
                "no_data",
                knobs.noData().name().toLowerCase(Locale.ROOT),
                usual.noData().name().toLowerCase(Locale.ROOT));
        differing(lines, "burn", burn(knobs), burn(usual));
        differing(
                lines,
                "allowance",
                knobs.allowance().toPlainString(),
                usual.allowance().toPlainString());
    }

    private static String samples(Knobs knobs) {
        return knobs.minSamples() == 0 ? "auto" : "" + knobs.minSamples();
    }

    private static String burn(Knobs knobs) {
        Duration period = knobs.burnPeriod();
        return period == null ? "none" : "{ period: " + time(period) + " }";
    }

    private static void differing(List<String> lines, String key, String value, String usual) {
        if (!value.equals(usual)) {
            lines.add(key + ": " + value);
        }
    }

    private static void optional(List<String> lines, String key, @org.jspecify.annotations.Nullable String text) {
        if (text != null) {
            lines.add(key + ": " + quoted(text));
        }
    }

    private static String time(Duration time) {
        long seconds = time.toSeconds();
        if (seconds > 0 && seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds > 0 && seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds > 0 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    /** A list was written with brackets. */
    private static String pattern(String written) {
        if (!written.startsWith("[") || !written.endsWith("]")) {
            return quoted(written);
        }
        List<String> texts = new ArrayList<>();
        for (String text : written.substring(1, written.length() - 1).split(", ", -1)) {
            texts.add(quoted(text));
        }
        return "[" + String.join(", ", texts) + "]";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
