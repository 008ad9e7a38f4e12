package dev.headroom.dashboard.run.report;

/** Texts that others chose, made harmless for each form. Stateless. */
final class Escape {
    private static final int LONGEST = 2000;
    private static final String PLAIN = " ,%(){}/-+;=?'≈→–…µ·−×■▲●○";

    private Escape() {}

    /** For XML and HTML, in text and between quotes. What XML cannot hold becomes a replacement character. */
    static String markup(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        shortened(text).codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(allowed(c) ? c : 0xFFFD);
            }
        });
        return out.toString();
    }

    /** For a cell of a Markdown table: no markup, no mention, no link, no line break. */
    static String markdown(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        int[] before = {' '};
        shortened(text).codePoints().forEach(c -> {
            boolean plain = (c == '.' || c == ':') && !Character.isLetter(before[0]);
            if (c == '\n' || c == '\r' || c == '\t') {
                out.append(' ');
            } else if (!allowed(c)) {
                out.appendCodePoint(0xFFFD);
            } else if (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0 || plain) {
                out.appendCodePoint(c);
            } else {
                out.append("&#").append(c).append(';');
            }
            before[0] = c;
        });
        return out.toString();
    }

    /** For a console: one line without control characters, which could move the cursor or change colours. */
    static String line(String text) {
        StringBuilder out = new StringBuilder(text.length());
        shortened(text)
                .codePoints()
                .forEach(c -> out.appendCodePoint(Character.isWhitespace(c) ? ' ' : allowed(c) ? c : 0xFFFD));
        return out.toString();
    }

    private static String shortened(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return text.substring(0, end) + "…";
    }

    /** What XML 1.0 may hold, without what turns the direction of other text around. */
    private static boolean allowed(int c) {
        boolean turns = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c < 0x7F)
                || (c >= 0xA0 && c <= 0xD7FF && !turns)
                || (c >= 0xE000 && c <= 0xFFFD)
                || c >= 0x10000;
    }
}
