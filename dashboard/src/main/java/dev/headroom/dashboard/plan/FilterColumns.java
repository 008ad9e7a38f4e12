package dev.headroom.dashboard.plan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Columns that a condition compares with values, those compared for equality first and at most one other behind them. Stateless. */
final class FilterColumns {
    private static final int MOST = 4;
    private static final String NAME = "[`\"]?([A-Za-z_][\\w$]*)[`\"]?";
    private static final Pattern COMPARISON = Pattern.compile(
            "(?<![\\w:.])(?:" + NAME + "\\.)?" + NAME
                    + "\\)?(?:::[a-z ]+)?\\s*(=|<=|>=|<|>|~~|\\bLIKE\\b|\\bIN\\b|\\bBETWEEN\\b)\\s*"
                    + "(?:ANY\\s*)?\\(*\\s*(?:\\$\\d|\\?|'|\\d)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern WHERE = Pattern.compile("\\bWHERE\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern END = Pattern.compile(
            "\\b(?:GROUP BY|ORDER BY|HAVING|LIMIT|OFFSET|FETCH|UNION|INTERSECT|EXCEPT)\\b", Pattern.CASE_INSENSITIVE);

    private FilterColumns() {}

    /** Of a condition on one table, as PostgreSQL's plans have them. */
    static List<String> ofCondition(String condition) {
        return of(condition, Set.of());
    }

    /** Of the statement's own WHERE. Columns without a qualifier count only where the statement reads one table. */
    static List<String> ofStatement(String text, String table) {
        Matcher where = WHERE.matcher(text);
        if (!where.find()) {
            return List.of();
        }
        String condition = text.substring(where.end());
        Matcher end = END.matcher(condition);
        Set<String> names = new LinkedHashSet<>();
        names.add(table.toLowerCase(Locale.ROOT));
        Matcher alias = Pattern.compile(
                        "(?:FROM|JOIN)\\s+(?:[`\"\\w$]+\\.)?[`\"]?" + Pattern.quote(table)
                                + "[`\"]?\\s+(?:AS\\s+)?(?!WHERE|JOIN|LEFT|RIGHT|INNER|CROSS|ON|ORDER|GROUP|LIMIT)([\\w$]+)",
                        Pattern.CASE_INSENSITIVE)
                .matcher(text);
        while (alias.find()) {
            names.add(alias.group(1).toLowerCase(Locale.ROOT));
        }
        boolean single = !Pattern.compile("\\bJOIN\\b|\\bFROM\\b[^()]*,[^()]*\\bWHERE\\b", Pattern.CASE_INSENSITIVE)
                .matcher(text)
                .find();
        if (single) {
            names.add("");
        }
        return of(end.find() ? condition.substring(0, end.start()) : condition, names);
    }

    /** @param qualifiers in lower case that a column may have, "" for none; empty for whatever */
    private static List<String> of(String condition, Set<String> qualifiers) {
        Set<String> equal = new LinkedHashSet<>();
        Set<String> others = new LinkedHashSet<>();
        Matcher comparison = COMPARISON.matcher(condition);
        while (comparison.find()) {
            String qualifier = comparison.group(1) == null ? "" : comparison.group(1);
            if (qualifiers.isEmpty() || qualifiers.contains(qualifier.toLowerCase(Locale.ROOT))) {
                String operator = comparison.group(3).toUpperCase(Locale.ROOT);
                (operator.equals("=") || operator.equals("IN") ? equal : others).add(comparison.group(2));
            }
        }
        List<String> columns = new ArrayList<>(equal);
        others.stream().filter(each -> !equal.contains(each)).limit(1).forEach(columns::add);
        return List.copyOf(columns.subList(0, Math.min(MOST, columns.size())));
    }
}
