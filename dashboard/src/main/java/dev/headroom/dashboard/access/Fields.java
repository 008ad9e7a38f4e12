package dev.headroom.dashboard.access;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Named texts as one setting: a line each, {@code name value}, the value in URL encoding so that none can begin a line. Immutable once read. */
final class Fields {
    private final Map<String, String> values = new LinkedHashMap<>();

    static Fields read(String text) {
        Fields fields = new Fields();
        for (String line : text.split("\n", -1)) {
            int space = line.indexOf(' ');
            if (space > 0) {
                fields.values.put(
                        line.substring(0, space), URLDecoder.decode(line.substring(space + 1), StandardCharsets.UTF_8));
            }
        }
        return fields;
    }

    /** Leaves a field without a value out. */
    Fields with(String name, @Nullable Object value) {
        if (value != null) {
            values.put(name, value.toString());
        }
        return this;
    }

    String text(String name) {
        return values.getOrDefault(name, "");
    }

    @Nullable
    String textOrNull(String name) {
        return values.get(name);
    }

    @Nullable
    Instant instant(String name) {
        String text = values.get(name);
        return text == null ? null : Instant.parse(text);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        values.forEach((name, value) -> text.append(name)
                .append(' ')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8))
                .append('\n'));
        return text.toString();
    }
}
