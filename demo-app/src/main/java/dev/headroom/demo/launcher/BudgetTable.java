package dev.headroom.demo.launcher;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * The budgets as text, the worst first: Status, Budget, Target, Current. What has no data is one line with the number of rows for
 * each reason. No line is longer than {@value #WIDTH}.
 */
final class BudgetTable {
    static final int WIDTH = 120;

    private static final String NO_DATA = "NO DATA";
    private static final List<String> WORST_FIRST = List.of("FAIL", "WARN", "PASS", NO_DATA);
    private static final String GAP = "  ";
    private static final int MOST_TARGET = 44;
    private static final int MOST_CURRENT = 14;

    private record Row(String status, String budget, String target, String current) {}

    private BudgetTable() {}

    /** Lines for the answer of {@code /api/v1/budgets}. */
    static List<String> lines(JsonNode report) {
        List<Row> judged = new ArrayList<>();
        Map<String, Integer> reasons = new TreeMap<>();
        for (JsonNode item : report.path("items")) {
            String status = text(item, "status");
            if (status.equals(NO_DATA)) {
                reasons.merge(text(item, "reason"), 1, Integer::sum);
            } else {
                judged.add(row(item));
            }
        }
        judged.sort(Comparator.comparingInt(row -> place(row.status())));
        List<String> lines = new ArrayList<>(table(judged));
        if (!reasons.isEmpty()) {
            lines.addAll(wrapped(NO_DATA + ": " + reasons(reasons), WIDTH));
        }
        return lines;
    }

    /** The same for those of the given states only. */
    static List<String> lines(JsonNode report, Set<String> states) {
        List<Row> judged = new ArrayList<>();
        for (JsonNode item : report.path("items")) {
            if (states.contains(text(item, "status"))) {
                judged.add(row(item));
            }
        }
        judged.sort(Comparator.comparingInt(row -> place(row.status())));
        return judged.isEmpty() ? List.of("None is " + String.join(" or ", states) + ".") : table(judged);
    }

    private static Row row(JsonNode item) {
        String name = (text(item, "id") + " " + text(item, "subject")).strip();
        return new Row(text(item, "status"), name, text(item, "target"), text(item, "current"));
    }

    private static List<String> table(List<Row> judged) {
        if (judged.isEmpty()) {
            return List.of("No budget could be judged yet.");
        }
        List<Row> rows = new ArrayList<>();
        rows.add(new Row("Status", "Budget", "Target", "Current"));
        rows.addAll(judged);
        int status = rows.stream().mapToInt(row -> row.status().length()).max().orElse(0);
        int target = widest(rows.stream().map(Row::target).toList(), MOST_TARGET);
        int current = widest(rows.stream().map(Row::current).toList(), MOST_CURRENT);
        int budget =
                widest(rows.stream().map(Row::budget).toList(), WIDTH - status - target - current - 3 * GAP.length());
        String format = "%-" + status + "s" + GAP + "%-" + budget + "s" + GAP + "%-" + target + "s" + GAP + "%s";
        List<String> lines = new ArrayList<>();
        for (Row row : rows) {
            List<List<String>> cells = List.of(
                    wrapped(row.budget(), budget), wrapped(row.target(), target), wrapped(row.current(), current));
            int height = cells.stream().mapToInt(List::size).max().orElse(1);
            for (int i = 0; i < height; i++) {
                lines.add(String.format(
                                Locale.ROOT,
                                format,
                                i == 0 ? row.status() : "",
                                line(cells.get(0), i),
                                line(cells.get(1), i),
                                line(cells.get(2), i))
                        .stripTrailing());
            }
        }
        return lines;
    }

    /** Such as "14 too-few, 31 never-seen", the most frequent first. */
    private static String reasons(Map<String, Integer> reasons) {
        return reasons.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    private static int place(String status) {
        int place = WORST_FIRST.indexOf(status);
        return place < 0 ? WORST_FIRST.size() : place;
    }

    private static int widest(List<String> texts, int most) {
        return Math.min(most, texts.stream().mapToInt(String::length).max().orElse(0));
    }

    private static String line(List<String> cell, int i) {
        return i < cell.size() ? cell.get(i) : "";
    }

    /** The text in lines of at most that width, broken at blanks where there are any. */
    private static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        String left = text.replaceAll("\\s+", " ");
        while (left.length() > width) {
            int blank = left.lastIndexOf(' ', width);
            int end = blank > 0 ? blank : width;
            lines.add(left.substring(0, end));
            left = left.substring(end).strip();
        }
        lines.add(left);
        return lines;
    }

    private static String text(JsonNode item, String field) {
        JsonNode value = item.path(field);
        return value.isMissingNode() || value.isNull() ? "" : value.asString();
    }
}
