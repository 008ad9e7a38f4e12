package dev.headroom.dashboard.budget.file;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code where} key is held against: exact texts or globs (several mean OR), {@code !x} for not, {@code any} and
 * {@code none} for presence. Immutable and thread-safe.
 *
 * <p>In a route, {@code *} stays within a path segment, {@code **} crosses them, and {@code {*}} stands for any variable of the
 * template; elsewhere {@code *} stands for any text. {@code 4xx} and {@code 5xx} stand for their hundred.
 */
public final class ValuePattern {
    private enum Mode {
        ONE_OF,
        ANY,
        NONE
    }

    private final String written;
    private final Mode mode;
    private final boolean negated;
    private final List<Pattern> patterns;

    private ValuePattern(String written, Mode mode, boolean negated, List<Pattern> patterns) {
        this.written = written;
        this.mode = mode;
        this.negated = negated;
        this.patterns = patterns;
    }

    /** @param texts as written, at least one */
    static ValuePattern of(String key, List<String> texts) {
        String written = texts.size() == 1 ? texts.get(0) : texts.toString();
        if (texts.size() == 1 && texts.get(0).equals("any")) {
            return new ValuePattern(written, Mode.ANY, false, List.of());
        }
        if (texts.size() == 1 && texts.get(0).equals("none")) {
            return new ValuePattern(written, Mode.NONE, false, List.of());
        }
        boolean negated = texts.get(0).startsWith("!");
        List<Pattern> patterns = texts.stream()
                .map(text -> glob(key, negated ? text.substring(1) : text))
                .toList();
        return new ValuePattern(written, Mode.ONE_OF, negated, patterns);
    }

    /** @param value null when the event has none */
    public boolean matches(@Nullable String value) {
        if (mode != Mode.ONE_OF) {
            return (value != null) == (mode == Mode.ANY);
        }
        if (value == null) {
            return negated;
        }
        for (Pattern pattern : patterns) {
            if (pattern.matcher(value).matches()) {
                return !negated;
            }
        }
        return negated;
    }

    private static Pattern glob(String key, String text) {
        if (key.equals("status") && text.matches("[1-5]xx")) {
            return Pattern.compile(text.charAt(0) + "[0-9][0-9]");
        }
        boolean path = key.equals("route");
        StringBuilder regex = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            if (path && text.startsWith("/**/", i)) {
                regex.append("/(?:.*/)?");
                i += 4;
            } else if (path && text.startsWith("{*}", i)) {
                regex.append("\\{[^/]*\\}");
                i += 3;
            } else if (text.startsWith("**", i)) {
                regex.append(".*");
                i += 2;
            } else if (text.charAt(i) == '*') {
                regex.append(path ? "[^/]*" : ".*");
                i++;
            } else {
                regex.append(Pattern.quote(text.substring(i, i + 1)));
                i++;
            }
        }
        // Commands, verbs and methods are written in either case.
        int flags = path || key.equals("query") || key.equals("cache") ? 0 : Pattern.CASE_INSENSITIVE;
        return Pattern.compile(regex.toString(), flags | Pattern.DOTALL);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ValuePattern that
                && mode == that.mode
                && negated == that.negated
                && texts(patterns).equals(texts(that.patterns));
    }

    private static List<String> texts(List<Pattern> patterns) {
        return patterns.stream().map(each -> each.flags() + each.pattern()).toList();
    }

    @Override
    public int hashCode() {
        return Objects.hash(mode, negated, texts(patterns));
    }

    @Override
    public String toString() {
        return written;
    }
}
