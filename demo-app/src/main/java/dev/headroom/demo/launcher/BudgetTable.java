package dev.headroom.demo.launcher;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** The budgets as text: Budget, Target, Current, Status; the worst first. */
final class BudgetTable {
    private static final List<String> WORST_FIRST = List.of("FAIL", "WARN", "PASS", "NO DATA");
    private static final int[] WIDTHS = {58, 26, 16};

    private BudgetTable() {}

    /** Lines for the answer of {@code /api/v1/budgets}. */
    static List<String> lines(JsonNode report) {
        List<JsonNode> items = new ArrayList<>();
        report.path("items").forEach(items::add);
        items.sort(Comparator.comparingInt(item -> {
            int place = WORST_FIRST.indexOf(text(item, "status"));
            return place < 0 ? WORST_FIRST.size() : place;
        }));
        List<String> lines = new ArrayList<>();
        lines.add(row("Budget", "Target", "Current", "Status"));
        lines.add(row("-".repeat(WIDTHS[0]), "-".repeat(WIDTHS[1]), "-".repeat(WIDTHS[2]), "-------"));
        for (JsonNode item : items) {
            String subject = text(item, "subject");
            String status = text(item, "status");
            String reason = text(item, "reason");
            lines.add(row(
                    subject.isEmpty() ? text(item, "id") : text(item, "id") + " " + subject,
                    text(item, "target"),
                    text(item, "current"),
                    "NO DATA".equals(status) && !reason.isEmpty() ? status + " (" + reason + ")" : status));
        }
        return lines;
    }

    private static String row(String budget, String target, String current, String status) {
        return String.format(
                Locale.ROOT,
                "%-" + WIDTHS[0] + "s  %-" + WIDTHS[1] + "s  %-" + WIDTHS[2] + "s  %s",
                cut(budget, WIDTHS[0]),
                cut(target, WIDTHS[1]),
                cut(current.isEmpty() ? "-" : current, WIDTHS[2]),
                status);
    }

    private static String cut(String text, int width) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= width ? line : line.substring(0, width - 3) + "...";
    }

    private static String text(JsonNode item, String field) {
        JsonNode value = item.path(field);
        return value.isMissingNode() || value.isNull() ? "" : value.asString();
    }
}
