package dev.headroom.dashboard.budget;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the text of a statement's shape says of it: keywords in upper case, every literal a question mark. Only of the statement
 * itself, not of those in brackets within it. Stateless.
 */
public final class StatementText {
    /** Rows found by the values of columns, as an index finds them. */
    static final String EQUALITY_LOOKUP = "equality-lookup";

    /** Stands for a value that the shape does not tell. */
    private static final String SOME = "?";

    private static final Pattern BRACKETS = Pattern.compile("\\([^()]*\\)");
    private static final Pattern LIMIT = Pattern.compile("\\b(?:LIMIT|FETCH (?:FIRST|NEXT))\\b|^SELECT (?i:TOP)\\b");
    private static final Pattern OFFSET = Pattern.compile("\\bOFFSET\\b|\\bLIMIT \\?,");
    private static final Pattern TABLE = Pattern.compile("\\b(?:FROM|INTO|UPDATE)\\s+([\\w.$\"`\\[\\]]+)");
    private static final Pattern QUOTES = Pattern.compile("[\"`\\[\\]]");
    private static final Pattern LOOKUP = Pattern.compile(
            "^SELECT .*? WHERE (.*?)(?: (?:ORDER BY|LIMIT|OFFSET|FETCH|FOR|GROUP BY) .*)?$", Pattern.DOTALL);
    private static final Pattern EQUALITY = Pattern.compile("[\\w.$\"`\\[\\]]+ = \\?");

    private StatementText() {}

    /** The first table that it names; null where it names none. */
    static @Nullable String table(String text) {
        Matcher table = TABLE.matcher(flat(text));
        return table.find() ? QUOTES.matcher(table.group(1)).replaceAll("") : null;
    }

    /** A word for its kind, or null. */
    static @Nullable String shape(String text) {
        Matcher lookup = LOOKUP.matcher(flat(text));
        if (!lookup.matches()) {
            return null;
        }
        for (String condition : lookup.group(1).split(" AND ", -1)) {
            if (!EQUALITY.matcher(condition.strip()).matches()) {
                return null;
            }
        }
        return EQUALITY_LOOKUP;
    }

    /** Null where it does not limit its rows. */
    public static @Nullable String limit(String text) {
        return LIMIT.matcher(flat(text)).find() ? SOME : null;
    }

    /** Null where it skips no rows. */
    static @Nullable String offset(String text) {
        return OFFSET.matcher(flat(text)).find() ? SOME : null;
    }

    private static String flat(String text) {
        String before = text;
        while (true) {
            String after = BRACKETS.matcher(before).replaceAll(" ");
            if (after.equals(before)) {
                return after.strip();
            }
            before = after;
        }
    }
}
