package dev.headroom.dashboard.api;

import dev.headroom.dashboard.control.WrongOrderException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The body of an order: {@code {"detail": "counts-only", "hooksOff": ["jedis"], "options": {"slow.sql.ms": 200}}}, each field
 * optional. Immutable.
 */
record OrderBody(@Nullable String detail, Collection<String> hooksOff, Map<String, Double> options) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> FIELDS = List.of("detail", "hooksOff", "options");
    private static final String EXAMPLE = "{\"detail\":\"counts-only\",\"hooksOff\":[\"jedis\"],\"options\":{}}";

    /** @throws WrongOrderException naming the field and what is wrong with it */
    static OrderBody read(@Nullable String body) {
        JsonNode root;
        try {
            root = body == null || body.isBlank() ? null : JSON.readTree(body);
        } catch (JacksonException malformed) {
            throw wrong("The body is no JSON", String.valueOf(malformed.getOriginalMessage()), "an object");
        }
        if (root == null || !root.isObject()) {
            throw wrong("The body is no JSON object", root == null ? "nothing" : root.toString(), "an object");
        }
        for (String field : root.propertyNames()) {
            if (!FIELDS.contains(field)) {
                throw wrong("Unknown field", field, "some of " + FIELDS);
            }
        }
        return new OrderBody(detail(root.get("detail")), hooks(root.get("hooksOff")), options(root.get("options")));
    }

    private static @Nullable String detail(@Nullable JsonNode node) {
        if (node == null || node.isNull()) {
            return null;
        }
        if (!node.isString()) {
            throw wrong("detail is no text", node.toString(), "a word such as \"counts-only\"");
        }
        return node.asString();
    }

    private static List<String> hooks(@Nullable JsonNode node) {
        List<String> hooks = new ArrayList<>();
        if (node == null || node.isNull()) {
            return hooks;
        }
        if (!node.isArray()) {
            throw wrong("hooksOff is no list", node.toString(), "a list of names");
        }
        for (JsonNode hook : node) {
            if (!hook.isString()) {
                throw wrong("hooksOff names something else than a hook", hook.toString(), "a name such as \"jedis\"");
            }
            hooks.add(hook.asString());
        }
        return hooks;
    }

    private static Map<String, Double> options(@Nullable JsonNode node) {
        Map<String, Double> options = new TreeMap<>();
        if (node == null || node.isNull()) {
            return options;
        }
        if (!node.isObject()) {
            throw wrong("options is no object", node.toString(), "numbers by name");
        }
        for (Map.Entry<String, JsonNode> option : node.properties()) {
            if (!option.getValue().isNumber()) {
                throw wrong(
                        "Option " + option.getKey() + " is no number",
                        option.getValue().toString(),
                        "a number");
            }
            options.put(option.getKey(), option.getValue().asDouble());
        }
        return options;
    }

    private static WrongOrderException wrong(String error, String found, String expected) {
        return WrongOrderException.of(error, found, expected, "For example " + EXAMPLE + ".");
    }
}
