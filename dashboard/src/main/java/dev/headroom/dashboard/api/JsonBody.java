package dev.headroom.dashboard.api;

import dev.headroom.dashboard.refusal.RefusedException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request's body that is a JSON object of fields which are known beforehand. Immutable and thread-safe.
 *
 * @param fields every field that may be there
 * @param example a right one, for who sent a wrong one
 */
record JsonBody(List<String> fields, String example) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** @throws RefusedException when it is no object, or has other fields */
    JsonNode read(@Nullable String body) {
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
            if (!fields.contains(field)) {
                throw wrong("Unknown field", field, "some of " + fields);
            }
        }
        return root;
    }

    /** Names what is wrong in the body, and shows the example. */
    RefusedException wrong(String error, String found, String expected) {
        return RefusedException.bad(error, found, expected, "For example " + example + ".");
    }
}
