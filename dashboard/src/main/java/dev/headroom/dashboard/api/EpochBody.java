package dev.headroom.dashboard.api;

import dev.headroom.dashboard.epoch.Epoch;
import dev.headroom.dashboard.refusal.RefusedException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The body {@code {"service": "shop", "kind": "deploy", "name": "1.4.2", "at": "2026-11-21T10:15:00Z"}}; without a kind it is a
 * deploy, without a time it was now.
 */
final class EpochBody {
    private static final JsonBody BODY = new JsonBody(
            List.of("service", "kind", "name", "at"),
            "{\"service\":\"shop\",\"kind\":\"deploy\",\"name\":\"1.4.2\",\"at\":\"2026-11-21T10:15:00Z\"}");
    private static final Duration FUTURE = Duration.ofMinutes(5);

    private EpochBody() {}

    /** @throws RefusedException naming the field and what is wrong with it */
    static Epoch read(@Nullable String body, Instant now) {
        JsonNode root = BODY.read(body);
        String service = text(root, "service", "the name of a service");
        String word = root.has("kind") ? text(root, "kind", "deploy or migration") : Epoch.Kind.DEPLOY.word();
        Epoch.Kind kind = Epoch.Kind.of(word);
        if (kind == null) {
            throw BODY.wrong("Unknown kind", word, "deploy or migration");
        }
        Instant at = root.has("at") ? time(text(root, "at", "a time with zone")) : now;
        if (at.isAfter(now.plus(FUTURE))) {
            throw BODY.wrong("The epoch has not come yet", at.toString(), "a time before " + now);
        }
        String name = text(root, "name", "a name such as a version");
        if (name.length() > Epoch.LONGEST_NAME || name.indexOf('/') >= 0) {
            throw BODY.wrong("Wrong name", name, "at most " + Epoch.LONGEST_NAME + " characters without a slash");
        }
        return new Epoch(service, kind, name, at.truncatedTo(ChronoUnit.MILLIS));
    }

    private static String text(JsonNode root, String field, String expected) {
        JsonNode node = root.get(field);
        String text = node == null || !node.isString() ? "" : node.asString().strip();
        if (text.isEmpty() || text.chars().anyMatch(Character::isISOControl)) {
            throw BODY.wrong("Wrong " + field, node == null ? "nothing" : node.toString(), expected);
        }
        return text;
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw BODY.wrong("Wrong at", text, "a time with zone");
        }
    }
}
