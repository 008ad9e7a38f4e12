package dev.headroom.dashboard.finding;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Findings as they are kept. Stateless. */
final class FindingJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private FindingJson() {}

    static String write(FindingBook.Kept kept) {
        Finding finding = kept.finding();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("kind", finding.kind());
        fields.put("subject", finding.subject());
        fields.put("route", finding.route());
        fields.put("caller", finding.caller());
        fields.put("evidence", finding.evidence());
        fields.put("savingMsPerMinute", finding.savingMsPerMinute());
        fields.put("cause", finding.cause());
        fields.put("fix", finding.fix());
        fields.put("details", finding.details());
        fields.put("status", finding.status());
        fields.put("firstSeen", finding.firstSeen().toString());
        fields.put("lastSeen", finding.lastSeen().toString());
        fields.put("worst", kept.worst());
        return JSON.writeValueAsString(fields);
    }

    /** Null when it is none. */
    static FindingBook.@Nullable Kept read(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            JsonNode saving = node.path("savingMsPerMinute");
            Finding finding = new Finding(
                    node.path("kind").asString(),
                    node.path("subject").asString(),
                    text(node, "route"),
                    text(node, "caller"),
                    texts(node, "evidence"),
                    saving.isNumber() ? Double.valueOf(saving.doubleValue()) : null,
                    node.path("cause").asString(),
                    node.path("fix").asString(),
                    texts(node, "details"),
                    node.path("status").asString(),
                    Instant.parse(node.path("firstSeen").asString()),
                    Instant.parse(node.path("lastSeen").asString()));
            return new FindingBook.Kept(finding, node.path("worst").asDouble(), finding.lastSeen());
        } catch (JacksonException | DateTimeException unreadable) {
            return null;
        }
    }

    private static List<String> texts(JsonNode node, String field) {
        List<String> texts = new ArrayList<>();
        node.path(field).forEach(each -> texts.add(each.asString()));
        return List.copyOf(texts);
    }

    private static @Nullable String text(JsonNode node, String field) {
        JsonNode value = node.get(field);
        return value != null && value.isString() ? value.stringValue() : null;
    }
}
