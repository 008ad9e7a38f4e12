package dev.headroom.junit;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes maps, lists, texts, numbers and nulls as JSON: a library for it would come into every user's tests. Stateless. */
final class Json {
    private Json() {}

    /** An object that keeps its keys in order. */
    static Map<String, @Nullable Object> object() {
        return new LinkedHashMap<>();
    }

    static String text(@Nullable Object value) {
        StringBuilder text = new StringBuilder();
        write(value, text);
        return text.toString();
    }

    private static void write(@Nullable Object value, StringBuilder text) {
        if (value instanceof Map<?, ?> map) {
            String before = "{";
            text.append(map.isEmpty() ? "{" : "");
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                text.append(before);
                before = ",";
                quote(String.valueOf(entry.getKey()), text);
                text.append(':');
                write(entry.getValue(), text);
            }
            text.append('}');
        } else if (value instanceof Collection<?> list) {
            text.append('[');
            String before = "";
            for (Object each : list) {
                text.append(before);
                before = ",";
                write(each, text);
            }
            text.append(']');
        } else if (value instanceof Double number) {
            text.append(Double.isFinite(number) ? number.toString() : "null");
        } else if (value == null || value instanceof Number || value instanceof Boolean) {
            text.append(value);
        } else {
            quote(value.toString(), text);
        }
    }

    private static void quote(String value, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ' || c == '\u2028' || c == '\u2029') {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}
