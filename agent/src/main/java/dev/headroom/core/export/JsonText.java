package dev.headroom.core.export;

import org.jspecify.annotations.Nullable;

/** Writes one JSON text from its begin to its end. Not thread-safe. */
final class JsonText {
    private final StringBuilder text = new StringBuilder(1_024);

    /** Whether the next member or element needs a comma before it. */
    private boolean more;

    JsonText open(char bracket) {
        comma();
        text.append(bracket);
        more = false;
        return this;
    }

    JsonText close(char bracket) {
        text.append(bracket);
        more = true;
        return this;
    }

    JsonText key(String name) {
        comma();
        quoted(name);
        text.append(':');
        more = false;
        return this;
    }

    JsonText value(long number) {
        comma();
        text.append(number);
        more = true;
        return this;
    }

    JsonText value(boolean truth) {
        comma();
        text.append(truth);
        more = true;
        return this;
    }

    JsonText value(@Nullable String string) {
        comma();
        if (string == null) {
            text.append("null");
        } else {
            quoted(string);
        }
        more = true;
        return this;
    }

    /** A member, unless there is nothing to say. */
    JsonText member(String name, @Nullable String string) {
        return string == null ? this : key(name).value(string);
    }

    JsonText member(String name, long number) {
        return key(name).value(number);
    }

    /** An element or value that is JSON itself. */
    JsonText raw(String json) {
        comma();
        text.append(json);
        more = true;
        return this;
    }

    private void comma() {
        if (more) {
            text.append(',');
        }
    }

    private void quoted(String string) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ') {
                text.append("\\u00").append(hex(c >> 4)).append(hex(c & 15));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }

    private static char hex(int digit) {
        return Character.forDigit(digit, 16);
    }

    int length() {
        return text.length();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
