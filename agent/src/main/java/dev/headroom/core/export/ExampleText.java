package dev.headroom.core.export;

import dev.headroom.catalog.Attribute;
import dev.headroom.core.record.Attributes;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.Example;
import dev.headroom.core.record.LoggedCall;
import dev.headroom.core.record.TimeSplit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An example as a log record: attributes by which it is found, and a body of JSON. What a call was is read from the attributes of its
 * series, which hold shapes only. Stateless.
 */
final class ExampleText {
    static final String EVENT = "headroom.example";

    /** Characters of a body; calls beyond are counted as left out. */
    static final int MAX_BODY = 60_000;

    /** Room for what comes after the calls. */
    private static final int END = 200;

    /** Of one text within a body. */
    private static final int MAX_TEXT = 4_000;

    private static final int MAX_FINGERPRINTS = 50;

    private ExampleText() {}

    static Map<String, String> attributes(Example example, String id) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("headroom.example.id", id);
        attributes.put("headroom.example.kind", kind(example));
        attributes.put("headroom.example.reason", example.reason().word());
        put(attributes, Attribute.HTTP_METHOD, example.method());
        put(attributes, Attribute.HTTP_ROUTE, example.route());
        put(attributes, Attribute.HTTP_STATUS, example.status() == 0 ? null : Integer.toString(example.status()));
        put(attributes, Attribute.ERROR_TYPE, example.errorType());
        put(attributes, Attribute.DB_FINGERPRINT, fingerprints(example));
        attributes.put("headroom.duration.ns", Long.toString(example.nanos()));
        return attributes;
    }

    private static void put(Map<String, String> attributes, Attribute key, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            attributes.put(key.key(), value);
        }
    }

    private static String kind(Example example) {
        return example.isRequest() ? "request" : "call";
    }

    private static String fingerprints(Example example) {
        TreeSet<String> distinct = new TreeSet<>();
        for (int i = 0; i < example.callCount() && distinct.size() < MAX_FINGERPRINTS; i++) {
            String fingerprint = example.call(i).attributes().get(Attribute.DB_FINGERPRINT);
            if (fingerprint != null) {
                distinct.add(fingerprint);
            }
        }
        return String.join(",", distinct);
    }

    static String body(Example example, String id) {
        JsonText json = new JsonText();
        json.open('{').member("v", 1).member("id", id).member("kind", kind(example));
        json.member("reason", example.reason().word());
        json.member("startUnixNanos", example.startUnixNanos()).member("durationNanos", example.nanos());
        json.member("method", example.method()).member("route", example.route());
        if (example.status() != 0) {
            json.member("status", example.status());
        }
        json.member("errorType", example.errorType()).member("errorMessage", example.message());
        json.member("thread", example.thread()).member("traceId", example.traceId());
        TimeSplit split = example.split();
        json.key("split").open('{');
        json.member("dbNanos", split.db).member("redisNanos", split.redis).member("httpNanos", split.http);
        json.member("poolNanos", split.pool).member("ownNanos", split.own).close('}');
        json.member("rows", example.rows());
        json.key("calls").open('[');
        long leftOut = example.leftOut();
        List<String> calls = new ArrayList<>();
        for (int i = 0; i < example.callCount(); i++) {
            calls.add(call(example.call(i)));
        }
        for (int i = 0; i < calls.size(); i++) {
            if (json.length() + calls.get(i).length() + END > MAX_BODY) {
                leftOut += example.call(i).count();
            } else {
                json.raw(calls.get(i));
            }
        }
        return json.close(']').member("callsLeftOut", leftOut).close('}').toString();
    }

    private static String call(LoggedCall call) {
        Attributes of = call.attributes();
        JsonText json = new JsonText();
        json.open('{');
        CallStack.Kind kind = call.kind();
        if (kind != null) {
            describe(json, kind, of);
        }
        json.member("startNanos", call.startNanos()).member("durationNanos", call.nanos());
        json.member("longestNanos", call.longestNanos()).member("count", call.count());
        if (call.rows() >= 0) {
            json.member(kind == CallStack.Kind.REDIS ? "valueBytes" : "rows", call.rows());
        }
        if (call.hits() + call.misses() > 0) {
            json.member("hits", call.hits()).member("misses", call.misses());
            if (call.hits() == 0 || call.misses() == 0) {
                json.key("hit").value(call.hits() > 0);
            }
        }
        if (call.transaction() > 0) {
            json.member("transaction", call.transaction());
        }
        if (call.within()) {
            json.key("within").value(true);
        }
        json.member("errorType", call.errorType()).member("caller", call.caller());
        return json.member("thread", call.thread()).close('}').toString();
    }

    private static void describe(JsonText json, CallStack.Kind kind, Attributes of) {
        String operation = of.get(Attribute.DB_OPERATION);
        switch (kind) {
            case SQL:
                boolean end = "COMMIT".equals(operation) || "ROLLBACK".equals(operation);
                json.member("kind", end ? "commit" : "sql").member("operation", operation);
                json.member("text", text(of.get(Attribute.DB_QUERY)));
                json.member("fingerprint", of.get(Attribute.DB_FINGERPRINT));
                break;
            case REDIS:
                json.member("kind", "redis").member("operation", operation);
                json.member("text", text(of.get(Attribute.DB_KEY_PATTERN)));
                break;
            case HTTP_CLIENT:
                String method = of.get(Attribute.HTTP_METHOD);
                String template = of.get(Attribute.URL_TEMPLATE);
                json.member("kind", "http").member("operation", method);
                json.member(
                        "text",
                        method == null
                                ? null
                                : method + " " + of.get(Attribute.SERVER_ADDRESS) + ":" + of.get(Attribute.SERVER_PORT)
                                        + (template == null ? "" : template));
                break;
            case POOL:
                json.member("kind", "pool").member("operation", "wait");
                json.member("text", text(of.get(Attribute.POOL_NAME)));
                break;
            default:
                json.member("kind", "cache").member("operation", "get");
                json.member("text", text(of.get(Attribute.CACHE_NAME)));
        }
    }

    private static @Nullable String text(@Nullable String whole) {
        return whole == null || whole.length() <= MAX_TEXT ? whole : whole.substring(0, MAX_TEXT) + "...";
    }
}
