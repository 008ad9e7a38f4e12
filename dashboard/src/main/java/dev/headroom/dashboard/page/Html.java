package dev.headroom.dashboard.page;

import org.jspecify.annotations.Nullable;

/**
 * Writes HTML in which every text and every attribute's value is escaped. For the rows of long tables: a template interprets each
 * cell again, which took more than a third of the time to make such a page. Not thread-safe.
 */
public final class Html {
    private final StringBuilder out = new StringBuilder(1 << 12);

    /**
     * Begins an element.
     *
     * @param attributes names and values by turns; one whose value is null or empty is left out
     */
    public Html open(String element, @Nullable String... attributes) {
        begin(element, attributes);
        out.append('>');
        return this;
    }

    /** An element of SVG without content. */
    public Html empty(String element, @Nullable String... attributes) {
        begin(element, attributes);
        out.append("/>");
        return this;
    }

    private void begin(String element, @Nullable String... attributes) {
        out.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            String value = attributes[i + 1];
            if (value != null && !value.isEmpty()) {
                out.append(' ').append(attributes[i]).append("=\"");
                text(value);
                out.append('"');
            }
        }
    }

    public Html close(String element) {
        out.append("</").append(element).append('>');
        return this;
    }

    public Html text(String text) {
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            String escaped = escaped(text.charAt(i));
            if (escaped != null) {
                out.append(text, from, i).append(escaped);
                from = i + 1;
            }
        }
        out.append(text, from, text.length());
        return this;
    }

    private static @Nullable String escaped(char c) {
        return switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\'' -> "&#39;";
            default -> null;
        };
    }

    /** An element with nothing but a text. */
    public Html element(String element, String text, @Nullable String... attributes) {
        return open(element, attributes).text(text).close(element);
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
