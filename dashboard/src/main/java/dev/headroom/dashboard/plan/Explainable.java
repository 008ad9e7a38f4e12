package dev.headroom.dashboard.plan;

import java.util.function.IntFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which statements may be put behind EXPLAIN. The text came over the network: it is one SELECT without a second statement, a comment or a
 * lock, or it is refused. Stateless.
 */
final class Explainable {
    /** As long as agents make a shape's text; a longer one was cut. */
    private static final int MOST_CHARACTERS = 4_096;

    private static final Pattern SELECT = Pattern.compile("^\\s*(?:SELECT|WITH)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern NOT_READING = Pattern.compile(
            "\\b(?:INSERT|UPDATE|DELETE|MERGE|REPLACE|TRUNCATE|DROP|ALTER|CREATE|CALL|INTO|ANALYZE|LOCK)\\b",
            Pattern.CASE_INSENSITIVE);

    private Explainable() {}

    /** Why it is refused; null when it is not. */
    static @Nullable String refusal(String text) {
        if (text.length() >= MOST_CHARACTERS) {
            return "The statement is longer than " + MOST_CHARACTERS + " characters, so that its end is not known.";
        }
        if (!SELECT.matcher(text).find()) {
            return "Only SELECT is explained.";
        }
        if (text.indexOf(';') >= 0
                || text.contains("--")
                || text.contains("/*")
                || text.indexOf('\\') >= 0
                || text.indexOf('\0') >= 0) {
            return "The statement holds more than one SELECT may.";
        }
        return NOT_READING.matcher(text).find() ? "The statement may do more than read." : null;
    }

    /** Placeholders by what the function says of the first, second, ...; those in quotes stay. */
    static String with(String text, IntFunction<String> value) {
        StringBuilder written = new StringBuilder();
        char quote = 0;
        int n = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '`' || c == '\'') {
                quote = c;
            }
            if (c == '?' && quote == 0) {
                written.append(value.apply(++n));
            } else {
                written.append(c);
            }
        }
        return written.toString();
    }

    static int placeholders(String text) {
        int[] most = {0};
        String unused = with(text, n -> {
            most[0] = n;
            return "";
        });
        return most[0];
    }
}
