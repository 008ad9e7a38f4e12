package dev.headroom.dashboard.example;

import dev.headroom.dashboard.StartedDashboard;
import dev.headroom.otlp.ProtoWriter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Sends examples as an agent does: numbered log records over OTLP, one to a request. Not thread-safe. */
public final class ExampleSender {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String service;
    private final String instance = UUID.randomUUID().toString();
    private long sequence;

    public ExampleSender(String service) {
        this.service = service;
    }

    /** A request of 100 ms and its calls. */
    public static String body(String id, String reason, String route, String... calls) {
        return """
                {"v":1,"id":"%s","kind":"request","reason":"%s","startUnixNanos":1,"durationNanos":100000000,"method":"GET",\
                "route":"%s","status":200,"errorType":null,"errorMessage":null,"thread":"http-1","traceId":null,\
                "split":{"dbNanos":60000000,"redisNanos":10000000,"httpNanos":0,"poolNanos":5000000,"ownNanos":25000000},\
                "rows":37,"calls":[%s],"callsLeftOut":2}""".formatted(id, reason, route, String.join(",", calls));
    }

    /** A statement that ran several times, from 10 ms on. */
    public static String sql(String text, String fingerprint, int count, long durationNanos) {
        return """
                {"kind":"sql","operation":"%s","text":"%s","fingerprint":"%s","startNanos":10000000,"durationNanos":%d,\
                "longestNanos":%d,"count":%d,"rows":%d,"valueBytes":null,"hit":null,"errorType":null,\
                "caller":"PetService.find(PetService.java:41)","thread":null}""".formatted(
                        text.substring(0, text.indexOf(' ')),
                        text,
                        fingerprint,
                        durationNanos,
                        durationNanos / count + 1,
                        count,
                        count);
    }

    /** The attributes by which it is found. */
    public static Map<String, String> attributes(String id, String reason, String route, String fingerprints) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("headroom.example.id", id);
        attributes.put("headroom.example.kind", "request");
        attributes.put("headroom.example.reason", reason);
        attributes.put("http.request.method", "GET");
        attributes.put("http.route", route);
        attributes.put("http.response.status_code", "200");
        attributes.put("headroom.query.fingerprint", fingerprints);
        attributes.put("headroom.duration.ns", "100000000");
        return attributes;
    }

    /** Returns the status of the answer. */
    public int send(StartedDashboard dashboard, Instant at, Map<String, String> attributes, String body)
            throws IOException, InterruptedException {
        sequence++;
        return HTTP.send(
                        HttpRequest.newBuilder(URI.create(dashboard.url() + "/v1/logs"))
                                .header("Content-Type", "application/x-protobuf")
                                .header("Idempotency-Key", instance + ":l:" + sequence)
                                .POST(HttpRequest.BodyPublishers.ofByteArray(logs(at, attributes, body)))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private byte[] logs(Instant at, Map<String, String> attributes, String body) {
        ProtoWriter out = new ProtoWriter();
        int resourceLogs = out.begin(1);
        int resource = out.begin(1);
        attribute(out, 1, "service.name", service);
        attribute(out, 1, "service.instance.id", instance);
        out.end(resource);
        int scope = out.begin(2);
        int record = out.begin(2);
        out.fixed64(1, at.toEpochMilli() * 1_000_000);
        int text = out.begin(5);
        out.string(1, body);
        out.end(text);
        attributes.forEach((key, value) -> attribute(out, 6, key, value));
        out.string(12, "headroom.example");
        out.end(record);
        out.end(scope);
        out.end(resourceLogs);
        return out.toByteArray();
    }

    private static void attribute(ProtoWriter out, int field, String key, String value) {
        int keyValue = out.begin(field);
        out.string(1, key);
        int any = out.begin(2);
        out.string(1, value);
        out.end(any);
        out.end(keyValue);
    }
}
