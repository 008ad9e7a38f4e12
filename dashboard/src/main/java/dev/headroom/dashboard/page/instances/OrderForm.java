package dev.headroom.dashboard.page.instances;

import dev.headroom.dashboard.refusal.RefusedException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * What a person filled in: fields of the form on the page. Immutable.
 *
 * @param instance null for every JVM of the service
 * @param withdraw whether the order is to end
 */
record OrderForm(
        String service,
        @Nullable String instance,
        String detail,
        List<String> hooksOff,
        String options,
        boolean withdraw) {
    static OrderForm of(MultiValueMap<String, String> fields) {
        String instance = fields.getFirst("instance");
        return new OrderForm(
                text(fields, "service"),
                instance == null || instance.isBlank() ? null : instance,
                text(fields, "detail"),
                fields.getOrDefault("off", List.of()),
                text(fields, "options"),
                "withdraw".equals(fields.getFirst("do")));
    }

    private static String text(MultiValueMap<String, String> fields, String name) {
        String value = fields.getFirst(name);
        return value == null ? "" : value;
    }

    /** @throws RefusedException naming the line that is not {@code name = number} */
    Map<String, Double> numbers() {
        Map<String, Double> numbers = new TreeMap<>();
        for (String line : options.split("\\R", -1)) {
            if (!line.isBlank()) {
                int equals = line.indexOf('=');
                try {
                    numbers.put(
                            line.substring(0, Math.max(equals, 0)).trim(),
                            Double.valueOf(line.substring(equals + 1).trim()));
                } catch (NumberFormatException notANumber) {
                    throw RefusedException.bad(
                            "An option is not understood",
                            "\"" + line.trim() + "\"",
                            "name = number",
                            "For example slow.sql.ms = 200.");
                }
            }
        }
        return numbers;
    }
}
