package dev.headroom.dashboard.example;

import dev.headroom.dashboard.store.EventStore;
import dev.headroom.dashboard.store.ExampleSearch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what an agent sent of an example. Anybody may have sent it: a field of another type than it should have is not known, and
 * a body that cannot be read leaves what the attributes tell. Stateless.
 */
final class ExampleReader {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final double NANOS_PER_MILLI = 1e6;

    private ExampleReader() {}

    static Example read(EventStore.Kept kept) {
        EventStore.Event event = kept.event();
        Map<String, String> attributes = event.attributes();
        JsonNode body = null;
        String problem = null;
        try {
            JsonNode read = JSON.readTree(event.body());
            if (read != null && read.isObject()) {
                body = read;
            } else {
                problem = "What the agent sent of it is no JSON object.";
            }
        } catch (JacksonException malformed) {
            problem = "What the agent sent of it is no JSON: " + malformed.getOriginalMessage();
        }
        JsonNode of = body == null ? JSON.createObjectNode() : body;
        String method = attributes.get(ExampleSearch.METHOD);
        String route = attributes.get(ExampleSearch.ROUTE);
        Double millis = millis(of, "durationNanos");
        return new Example(
                attributes.getOrDefault(ExampleSearch.ID, ""),
                kept.service(),
                kept.instance(),
                event.time(),
                attributes.getOrDefault(ExampleSearch.KIND, Example.REQUEST),
                attributes.getOrDefault(ExampleSearch.REASON, ""),
                method != null ? method : text(of, "method"),
                route != null ? route : text(of, "route"),
                status(of),
                text(of, "errorType"),
                text(of, "errorMessage"),
                text(of, "thread"),
                text(of, "traceId"),
                millis == null ? 0 : millis,
                split(of.get("split")),
                number(of, "rows"),
                List.of(attributes.getOrDefault(ExampleSearch.FINGERPRINTS, "").split(",")).stream()
                        .filter(one -> !one.isEmpty())
                        .distinct()
                        .toList(),
                calls(of.get("calls")),
                Math.max(0, or(number(of, "callsLeftOut"), 0)),
                problem);
    }

    private static @Nullable Integer status(JsonNode body) {
        Long status = number(body, "status");
        return status == null || status < 100 || status > 599 ? null : status.intValue();
    }

    private static Example.@Nullable Split split(@Nullable JsonNode node) {
        if (node == null || !node.isObject()) {
            return null;
        }
        return new Example.Split(
                or(millis(node, "dbNanos")),
                or(millis(node, "redisNanos")),
                or(millis(node, "httpNanos")),
                or(millis(node, "poolNanos")),
                or(millis(node, "ownNanos")));
    }

    private static List<Example.Call> calls(@Nullable JsonNode nodes) {
        List<Example.Call> calls = new ArrayList<>();
        if (nodes != null && nodes.isArray()) {
            for (JsonNode node : nodes) {
                calls.add(call(node));
            }
        }
        calls.sort(Comparator.comparingDouble(Example.Call::startMs));
        return List.copyOf(calls);
    }

    private static Example.Call call(JsonNode node) {
        double duration = or(millis(node, "durationNanos"));
        Double longest = millis(node, "longestNanos");
        JsonNode hit = node.get("hit");
        String text = text(node, "text");
        String operation = text(node, "operation");
        String kind = text(node, "kind");
        return new Example.Call(
                kind == null ? "" : kind,
                operation == null ? "" : operation,
                text == null ? "" : text,
                text(node, "fingerprint"),
                or(millis(node, "startNanos")),
                duration,
                longest == null ? duration : longest,
                Math.max(1, or(number(node, "count"), 1)),
                number(node, "rows"),
                number(node, "valueBytes"),
                number(node, "transaction"),
                (hit != null && hit.isBoolean()) ? Boolean.valueOf(hit.booleanValue()) : null,
                text(node, "errorType"),
                text(node, "caller"),
                text(node, "thread"));
    }

    private static @Nullable String text(JsonNode node, String field) {
        JsonNode value = node.get(field);
        return value != null && value.isString() ? value.stringValue() : null;
    }

    private static @Nullable Long number(JsonNode node, String field) {
        JsonNode value = node.get(field);
        return value != null && value.isIntegralNumber() && value.canConvertToLong() ? value.longValue() : null;
    }

    private static @Nullable Double millis(JsonNode node, String field) {
        Long nanos = number(node, field);
        return nanos == null ? null : Double.valueOf(Math.max(0, nanos) / NANOS_PER_MILLI);
    }

    private static double or(@Nullable Double value) {
        return value == null ? 0 : value;
    }

    private static long or(@Nullable Long value, long absent) {
        return value == null ? absent : value;
    }
}
