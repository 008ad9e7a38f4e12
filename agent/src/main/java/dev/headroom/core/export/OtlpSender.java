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
 * Posts batches to {@code /v1/metrics} and {@code /v1/logs} and judges the answers as OTLP 1.11 wants: no answer, 429, 502, 503 and 504 are retried,
 * every other failure is final. For the agent's thread only.
 */
final class OtlpSender {
    static final String METRICS_PATH = "/v1/metrics";

    /** What is sent, by numbers of its own. */
    enum Signal {
        METRICS(METRICS_PATH, "m"),
        LOGS("/v1/logs", "l");

        private final String path;
        private final String letter;

        Signal(String path, String letter) {
            this.path = path;
            this.letter = letter;
        }
    }

    private static final String ORDERS_PATH = "/api/v1/agent/orders?service=";

    private final HttpConnection connection;
    private final Clock clock;
    private final String instanceId;
    private final Map<String, String> headers;
    private @Nullable String ordersVersion;
    private long acknowledged;
    private long spreadMillis;
    private long serverMillis;
    private long intervalMillis;
    private long wishedMillis;
    private boolean dashboard;

    /**
     * @param intervalMillis length of a window, which the dashboard is told
     * @param headers sent with every request, such as Authorization
     */
    OtlpSender(
            HttpConnection connection,
            Clock clock,
            String instanceId,
            long intervalMillis,
            String userAgent,
            Map<String, String> headers) {
        this.connection = connection;
        this.clock = clock;
        this.instanceId = instanceId;
        this.intervalMillis = intervalMillis;
        this.headers = new LinkedHashMap<>(headers);
        this.headers.put("User-Agent", userAgent);
    }

    /**
     * One attempt; repeated attempts of a batch send the same key and the same bytes. How it is delivered is told beside them, anew
     * each time.
     *
     * @param last whether nothing will follow: the JVM ends
     */
    Outcome send(Signal signal, Batch batch, boolean last) {
        Map<String, String> request = new LinkedHashMap<>(headers);
        request.put("Content-Type", "application/x-protobuf");
        request.put("Content-Encoding", "gzip");
        request.put("Idempotency-Key", instanceId + ":" + signal.letter + ":" + batch.sequence());
        request.put("Headroom-Delivery", delivery(batch, last));
        HttpAnswer answer;
        try {
            answer = connection.post(signal.path, request, batch.bytes());
        } catch (IOException e) {
            return Outcome.unanswered(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
        note(answer);
        if (answer.ok()) {
            String ack = answer.header("headroom-ack");
            dashboard = ack != null || ordersVersion != null;
            if (signal == Signal.METRICS) {
                acknowledged(ack);
            }
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

    private String delivery(Batch batch, boolean last) {
        return "sent=" + clock.wallMillis() + "; interval=" + intervalMillis + "; windows=" + batch.windows()
                + (last ? "; last" : "");
    }

    /** What an answer says beside its status. */
    private void note(HttpAnswer answer) {
        String version = answer.header("headroom-orders");
        if (version != null) {
            ordersVersion = version;
        }
        long spread = number(answer.header("headroom-spread"));
        if (spread >= 0) {
            spreadMillis = spread;
        }
        serverMillis = dateMillis(answer.header("date"));
        wishedMillis = number(answer.header("headroom-interval"));
    }

    private void acknowledged(@Nullable String ack) {
        acknowledged = Math.max(acknowledged, number(ack));
    }

    /** -1 when it is none. */
    private static long number(@Nullable String text) {
        try {
            return text == null ? -1 : Long.parseLong(text.trim());
        } catch (NumberFormatException none) {
            return -1;
        }
    }

    /** 0 when it is no HTTP-date. */
    private static long dateMillis(@Nullable String value) {
        if (value == null) {
            return 0;
        }
        try {
            return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value.trim()))
                    .toEpochMilli();
        } catch (DateTimeException | ArithmeticException none) {
            return 0;
        }
    }

    /** Seconds, or an HTTP-date, which is meant by the server's own clock; 0 when absent or neither. */
    private long retryAfterMillis(@Nullable String value) {
        if (value == null) {
            return 0;
        }
        long seconds = number(value);
        if (seconds >= 0) {
            return seconds > Long.MAX_VALUE / 1000 ? Long.MAX_VALUE : seconds * 1000;
        }
        long at = dateMillis(value);
        return at == 0 ? 0 : Math.max(0, at - (serverMillis == 0 ? clock.wallMillis() : serverMillis));
    }

    /** What the newest answer named as the time; 0 when it named none. */
    long serverMillis() {
        return serverMillis;
    }

    /** The length of windows that the newest answer wished for while somebody looks on; -1 when it wished for none. */
    long wishedMillis() {
        return wishedMillis;
    }

    /** What the dashboard is told from now on. */
    void interval(long millis) {
        intervalMillis = millis;
    }

    /** Time over which the dashboard wants its agents to spread after an outage. */
    long spreadMillis() {
        return spreadMillis;
    }

    /** The version of the orders that the dashboard last named; null before the first. */
    @Nullable
    String ordersVersion() {
        return ordersVersion;
    }

    /** Whether the last one to accept something was a dashboard, which says more than others do. */
    boolean isDashboard() {
        return dashboard;
    }

    /** The highest number of a window that the dashboard said it keeps. */
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
