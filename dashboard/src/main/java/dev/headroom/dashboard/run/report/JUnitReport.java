package dev.headroom.dashboard.run.report;

import dev.headroom.dashboard.budget.Verdict;
import dev.headroom.dashboard.run.Gate;
import dev.headroom.dashboard.run.RunResult;
import java.time.Duration;
import java.util.Locale;

/**
 * As JUnit XML, which every build server shows: FAIL is a failure, WARN passes with its sentence in system-out, NO DATA is skipped, or a
 * failure where the budget must have data. Stateless.
 */
final class JUnitReport {
    private JUnitReport() {}

    static String write(RunResult result, Gate gate) {
        StringBuilder cases = new StringBuilder();
        int failures = 0;
        int skipped = 0;
        int tests = 0;
        for (RunResult.Item item : result.items()) {
            tests++;
            if (gate.fails(item) || Gate.missing(item)) {
                failures++;
            } else if (item.status() == Verdict.NO_DATA) {
                skipped++;
            }
            add(cases, result, item, gate);
        }
        if (!result.anyMeasured() && failures == 0) {
            tests++;
            failures++;
            cases.append("    <testcase name=\"anything measured\" classname=\"")
                    .append(Escape.markup(suite(result)))
                    .append("\" time=\"0\">\n      <failure type=\"NO DATA\" message=\"nothing was measured\">")
                    .append(Escape.markup(String.join("\n", result.warnings())))
                    .append("</failure>\n    </testcase>\n");
        }
        String name = Escape.markup(suite(result));
        String time = String.format(
                Locale.ROOT,
                "%.3f",
                Duration.between(result.from(), result.to()).toMillis() / 1000.0);
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"Headroom\" tests=\"" + tests
                + "\" failures=\"" + failures + "\" errors=\"0\" skipped=\"" + skipped + "\">\n  <testsuite name=\""
                + name + "\" tests=\"" + tests + "\" failures=\"" + failures + "\" errors=\"0\" skipped=\"" + skipped
                + "\" time=\"" + time + "\" timestamp=\""
                + result.from().toString().replaceAll("(\\.\\d+)?Z$", "") + "\" hostname=\"headroom\">\n"
                + properties(result) + cases + "  </testsuite>\n</testsuites>\n";
    }

    private static String suite(RunResult result) {
        return "headroom." + result.service();
    }

    private static String properties(RunResult result) {
        StringBuilder out = new StringBuilder("    <properties>\n");
        property(out, "budgets", result.budgets());
        property(out, "from", result.from().toString());
        property(out, "to", result.to().toString());
        RunResult.Name run = result.run();
        if (run != null) {
            property(out, "run", run.id());
        }
        result.labels().forEach((key, value) -> property(out, key, value));
        result.warnings().forEach(warning -> property(out, "warning", warning));
        return out.append("    </properties>\n").toString();
    }

    private static void property(StringBuilder out, String name, String value) {
        out.append("      <property name=\"")
                .append(Escape.markup(name))
                .append("\" value=\"")
                .append(Escape.markup(value))
                .append("\"/>\n");
    }

    private static void add(StringBuilder out, RunResult result, RunResult.Item item, Gate gate) {
        out.append("    <testcase name=\"")
                .append(Escape.markup(item.id() + ": " + item.about()))
                .append("\" classname=\"")
                .append(Escape.markup(suite(result)))
                .append("\" time=\"0\"");
        String message = Escape.markup(item.target() + " is " + Words.current(item) + ": " + item.sentence());
        if (gate.fails(item) || Gate.missing(item)) {
            out.append(">\n      <failure type=\"")
                    .append(Escape.markup(Words.status(item)))
                    .append("\" message=\"")
                    .append(message)
                    .append("\">")
                    .append(details(item))
                    .append("</failure>\n    </testcase>\n");
        } else if (item.status() == Verdict.NO_DATA) {
            out.append(">\n      <skipped message=\"")
                    .append(Escape.markup(Words.status(item) + ": " + item.sentence()))
                    .append("\"/>\n    </testcase>\n");
        } else if (item.status() == Verdict.PASS) {
            out.append("/>\n");
        } else {
            out.append(">\n      <system-out>")
                    .append(Escape.markup(Words.status(item) + ": "))
                    .append(message)
                    .append("</system-out>\n    </testcase>\n");
        }
    }

    private static String details(RunResult.Item item) {
        StringBuilder out = new StringBuilder();
        out.append("budget   ").append(item.title()).append('\n');
        out.append("subject  ").append(item.about()).append('\n');
        out.append("target   ").append(Words.limits(item)).append('\n');
        out.append("current  ").append(Words.current(item)).append('\n');
        out.append("verdict  ").append(item.sentence()).append('\n');
        return Escape.markup(out.toString());
    }
}
