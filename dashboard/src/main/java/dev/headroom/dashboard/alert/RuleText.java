package dev.headroom.dashboard.alert;

import static dev.headroom.dashboard.metrics.MetricName.BUDGET_EVENTS;

import java.util.List;

/**
 * Pieces that static and expanded rules share. Stateless.
 *
 * @param linkBase stands before paths in links; may be empty
 */
record RuleText(String linkBase) {
    static final String SUBJECTS = "service, budget, subject";

    RuleText {
        linkBase = linkBase.strip().replaceFirst("/+$", "");
    }

    static String ratio(String prefix, String window) {
        return prefix + ":headroom_bad:ratio_rate" + window;
    }

    static String increase(String prefix, String window) {
        return prefix + ":headroom_bad:increase" + window;
    }

    /** @param selector further matchers with a comma at the end, or empty */
    static String badRatio(String labels, String selector, String window) {
        return rate(labels, selector, "over_acceptable", window) + " / " + rate(labels, selector, "all", window);
    }

    private static String rate(String labels, String selector, String level, String window) {
        return "sum by (%s) (rate(%s{%slevel=\"%s\"}[%s]))".formatted(labels, BUDGET_EVENTS, selector, level, window);
    }

    static String badIncrease(String labels, String selector, String window) {
        return "sum by (%s) (increase(%s{%slevel=\"over_acceptable\"}[%s]))"
                .formatted(labels, BUDGET_EVENTS, selector, window);
    }

    /** A YAML text in single quotes. */
    static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** Prometheus escapes the names: a subject such as "GET /p/{id}" is no URL. */
    String budgetLink(String budget, String tab) {
        return linkBase + "/budgets/" + budget
                + "?service={{ $labels.service | urlquery }}"
                + "{{ if ne $labels.subject \"all\" }}&subject={{ $labels.subject | urlquery }}{{ end }}" + tab;
    }

    String instancesLink(String anchor) {
        return linkBase + "/instances?service={{ $labels.service | urlquery }}" + anchor;
    }

    /** One alert. Empty {@code hold}, {@code keep} and {@code labels} are left out. */
    static String alert(
            String name, String expression, String hold, String keep, String labels, String summary, String link) {
        StringBuilder text = new StringBuilder("      - alert: ").append(name).append('\n');
        if (expression.contains("\n")) {
            text.append("        expr: |\n").append(expression.indent(10));
        } else {
            text.append("        expr: ").append(quoted(expression)).append('\n');
        }
        line(text, "for", hold);
        line(text, "keep_firing_for", keep);
        if (!labels.isEmpty()) {
            text.append("        labels: { ").append(labels).append(" }\n");
        }
        text.append("        annotations:\n          summary: ")
                .append(quoted(summary))
                .append('\n');
        if (!link.isEmpty()) {
            text.append("          link: ").append(quoted(link)).append('\n');
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String key, String value) {
        if (!value.isEmpty()) {
            text.append("        ").append(key).append(": ").append(value).append('\n');
        }
    }

    /** One recorded series. */
    static String record(String name, String expression, String labels) {
        return "      - record: " + name + "\n        expr: " + quoted(expression) + "\n"
                + (labels.isEmpty() ? "" : "        labels: { " + labels + " }\n");
    }

    static String group(String name, List<String> rules) {
        return "  - name: " + name + "\n    interval: 30s\n    rules:\n" + String.join("", rules);
    }
}
