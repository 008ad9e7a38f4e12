package dev.headroom.dashboard.log;

import org.jspecify.annotations.Nullable;

/** Text in which nothing moves a terminal's cursor, begins a line, or turns the direction of writing. Stateless. */
final class PlainText {
    private PlainText() {}

    /** @param lines whether line breaks may stay: for our own texts of many lines only */
    static String of(@Nullable String text, boolean lines) {
        if (text == null) {
            return "null";
        }
        StringBuilder plain = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean harmless = !unsafe(text, i) || (lines && c == '\n');
            if (!harmless && plain == null) {
                plain = new StringBuilder(text.length() + 16).append(text, 0, i);
            }
            if (plain != null) {
                if (harmless) {
                    plain.append(c);
                } else {
                    plain.append(String.format("\\u%04x", (int) c));
                }
            }
        }
        return plain == null ? text : plain.toString();
    }

    private static boolean unsafe(String text, int at) {
        char c = text.charAt(at);
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c != '\t';
            case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            case Character.SURROGATE -> !paired(text, at);
            default -> false;
        };
    }

    private static boolean paired(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
                : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }
}
