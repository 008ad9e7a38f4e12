package dev.headroom.dashboard.api;

import dev.headroom.dashboard.refusal.RefusedException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The body of an order: {@code {"detail": "counts-only", "hooksOff": ["jedis"], "options": {"slow.sql.ms": 200}}}, each field
 * optional. Immutable.
 */
record OrderBody(@Nullable String detail, Collection<String> hooksOff, Map<String, Double> options) {
    private static final JsonBody BODY = new JsonBody(
            List.of("detail", "hooksOff", "options"),
            "{\"detail\":\"counts-only\",\"hooksOff\":[\"jedis\"],\"options\":{}}");

    /** @throws RefusedException naming the field and what is wrong with it */
    static OrderBody read(@Nullable String body) {
        JsonNode root = BODY.read(body);
        return new OrderBody(detail(root.get("detail")), hooks(root.get("hooksOff")), options(root.get("options")));
    }

    private static @Nullable String detail(@Nullable JsonNode node) {
        if (node == null || node.isNull()) {
            return null;
        }
        if (!node.isString()) {
            throw BODY.wrong("detail is no text", node.toString(), "a word such as \"counts-only\"");
        }
        return node.asString();
    }

    private static List<String> hooks(@Nullable JsonNode node) {
        List<String> hooks = new ArrayList<>();
        if (node == null || node.isNull()) {
            return hooks;
        }
        if (!node.isArray()) {
            throw BODY.wrong("hooksOff is no list", node.toString(), "a list of names");
        }
        for (JsonNode hook : node) {
            if (!hook.isString()) {
                throw BODY.wrong(
                        "hooksOff names something else than a hook", hook.toString(), "a name such as \"jedis\"");
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
            throw BODY.wrong("options is no object", node.toString(), "numbers by name");
        }
        for (Map.Entry<String, JsonNode> option : node.properties()) {
            if (!option.getValue().isNumber()) {
                throw BODY.wrong(
                        "Option " + option.getKey() + " is no number",
                        option.getValue().toString(),
                        "a number");
            }
            options.put(option.getKey(), option.getValue().asDouble());
        }
        return options;
    }
}
