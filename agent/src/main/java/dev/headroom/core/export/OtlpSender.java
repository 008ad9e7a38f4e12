package dev.headroom.core.export;

import dev.headroom.core.record.Clock;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Posts batches to {@code /v1/metrics} and judges the answers as OTLP 1.11 wants: no answer, 429, 502, 503 and 504 are retried,
 * every other failure is final. For the agent's thread only.
 */
final class OtlpSender {
    static final String METRICS_PATH = "/v1/metrics";

    private static final String ORDERS_PATH = "/api/v1/agent/orders?service=";

    private final HttpConnection connection;
    private final Clock clock;
    private final String instanceId;
    private final Map<String, String> headers;
    private @Nullable String ordersVersion;
    private long acknowledged;

    /** @param headers sent with every request, such as Authorization */
    OtlpSender(
            HttpConnection connection, Clock clock, String instanceId, String userAgent, Map<String, String> headers) {
        this.connection = connection;
        this.clock = clock;
        this.instanceId = instanceId;
        this.headers = new LinkedHashMap<>(headers);
        this.headers.put("User-Agent", userAgent);
    }

    /** One attempt; repeated attempts of a batch send the same key and the same bytes. */
    Outcome send(Batch batch) {
        Map<String, String> request = new LinkedHashMap<>(headers);
        request.put("Content-Type", "application/x-protobuf");
        request.put("Content-Encoding", "gzip");
        request.put("Idempotency-Key", instanceId + ":m:" + batch.sequence());
        HttpAnswer answer;
        try {
            answer = connection.post(METRICS_PATH, request, batch.bytes());
        } catch (IOException e) {
            return Outcome.retry(e.getClass().getSimpleName() + ": " + e.getMessage(), 0);
        }
        String version = answer.header("headroom-orders");
        if (version != null) {
            ordersVersion = version;
        }
        if (answer.ok()) {
            acknowledged(answer.header("headroom-ack"));
            return Outcome.accepted();
        }
        switch (answer.status()) {
            case 429:
            case 502:
            case 503:
            case 504:
                return Outcome.retry("HTTP " + answer.status(), retryAfterMillis(answer.header("retry-after")));
            default:
                return Outcome.givenUp("http_" + answer.status());
        }
    }

    private void acknowledged(@Nullable String ack) {
        if (ack != null) {
            try {
                acknowledged = Math.max(acknowledged, Long.parseLong(ack.trim()));
            } catch (NumberFormatException ignored) {
                // only for display; the 2xx status is what counts
            }
        }
    }

    /** Seconds or an HTTP-date; 0 when absent or neither. */
    private long retryAfterMillis(@Nullable String value) {
        if (value == null) {
            return 0;
        }
        try {
            return Math.multiplyExact(Long.parseLong(value.trim()), 1000L);
        } catch (ArithmeticException | NumberFormatException notSeconds) {
            try {
                Instant at = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value.trim()));
                return Math.max(0, at.toEpochMilli() - clock.wallMillis());
            } catch (DateTimeException ignored) {
                return 0;
            }
        }
    }

    /** The version of the orders that the dashboard last named; null before the first. */
    @Nullable
    String ordersVersion() {
        return ordersVersion;
    }

    /** The highest number that the dashboard said it keeps. */
    long acknowledged() {
        return acknowledged;
    }

    /** Fetches the orders for this JVM as text. */
    String fetchOrders(String service) throws IOException {
        HttpAnswer answer =
                connection.get(ORDERS_PATH + encoded(service) + "&instance=" + encoded(instanceId), headers);
        if (!answer.ok()) {
            throw new IOException("HTTP " + answer.status() + " for " + ORDERS_PATH);
        }
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static String encoded(String text) throws UnsupportedEncodingException {
        return URLEncoder.encode(text, "UTF-8").replace("+", "%20");
    }

    void close() {
        connection.close();
    }
}
