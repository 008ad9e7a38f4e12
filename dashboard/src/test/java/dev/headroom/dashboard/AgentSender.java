package dev.headroom.dashboard;

import dev.headroom.catalog.Metric;
import dev.headroom.histogram.ExponentialHistogram;
import dev.headroom.histogram.HistogramSnapshot;
import dev.headroom.otlp.ExplicitHistogram;
import dev.headroom.otlp.MetricPoint;
import dev.headroom.otlp.OtlpMetricsWriter;
import dev.headroom.otlp.ResourceMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Sends windows as an agent does: numbered deltas of five seconds on the grid. Not thread-safe. */
public final class AgentSender {
    public static final long WINDOW_MILLIS = 5_000;

    private final String service;
    private final String instance = UUID.randomUUID().toString();
    private final List<MetricPoint> points = new ArrayList<>();
    private long endMillis = Instant.now().toEpochMilli() / WINDOW_MILLIS * WINDOW_MILLIS;
    private long sequence;

    public AgentSender(String service) {
        this.service = service;
    }

    public String instance() {
        return instance;
    }

    /** End of the window that is sent next. */
    public AgentSender endingAt(Instant end) {
        endMillis = end.toEpochMilli();
        return this;
    }

    public long endMillis() {
        return endMillis;
    }

    public long sequence() {
        return sequence;
    }

    public AgentSender duration(Metric metric, Map<String, String> attributes, double... seconds) {
        ExponentialHistogram histogram = new ExponentialHistogram();
        for (double value : seconds) {
            histogram.record(value);
        }
        return histogram(metric.metricName(), attributes, histogram.snapshot());
    }

    public AgentSender histogram(String metric, Map<String, String> attributes, HistogramSnapshot histogram) {
        points.add(MetricPoint.exponential(metric, "s", attributes, true, startNanos(), endNanos(), histogram));
        return this;
    }

    /** Exact counts at limits, beside a duration of the same attributes. */
    public AgentSender limits(Metric metric, Map<String, String> attributes, double[] bounds, long... counts) {
        ExplicitHistogram histogram = new ExplicitHistogram(bounds, counts, 0, Double.NaN, Double.NaN);
        points.add(MetricPoint.explicit(
                metric.metricName() + Metric.LIMITS_SUFFIX,
                "s",
                attributes,
                true,
                startNanos(),
                endNanos(),
                histogram));
        return this;
    }

    /** Calls that were counted without a clock. */
    public AgentSender untimed(Metric metric, Map<String, String> attributes, long calls) {
        points.add(MetricPoint.sum(
                metric.metricName() + Metric.UNTIMED_SUFFIX,
                "{call}",
                attributes,
                true,
                true,
                startNanos(),
                endNanos(),
                (double) calls));
        return this;
    }

    public AgentSender sum(Metric metric, Map<String, String> attributes, double amount) {
        points.add(MetricPoint.sum(
                metric.metricName(), metric.unit(), attributes, true, true, startNanos(), endNanos(), amount));
        return this;
    }

    public AgentSender gauge(Metric metric, Map<String, String> attributes, double reading) {
        points.add(MetricPoint.gauge(metric.metricName(), metric.unit(), attributes, endNanos(), reading));
        return this;
    }

    private long startNanos() {
        return (endMillis - WINDOW_MILLIS) * 1_000_000;
    }

    private long endNanos() {
        return endMillis * 1_000_000;
    }

    /** The points gathered since the last call, as the next numbered request. */
    public Numbered next() {
        Map<String, String> resource = Map.of("service.name", service, "service.instance.id", instance);
        byte[] body = OtlpMetricsWriter.write(
                new ResourceMetrics(resource, List.copyOf(points)), "dev.headroom.agent", "0.1.0");
        points.clear();
        sequence++;
        endMillis += WINDOW_MILLIS;
        return new Numbered(instance + ":m:" + sequence, body);
    }

    /** Sends the next request and expects it to be accepted. */
    public HttpResponse<byte[]> send(StartedDashboard dashboard) {
        HttpResponse<byte[]> answer = next().post(dashboard);
        if (answer.statusCode() != 200) {
            throw new AssertionError(
                    "Answered " + answer.statusCode() + ": " + new String(answer.body(), StandardCharsets.UTF_8));
        }
        return answer;
    }

    /** A request that can be sent more than once. */
    public static final class Numbered {
        private final String key;
        private final byte[] body;

        Numbered(String key, byte[] body) {
            this.key = key;
            this.body = body;
        }

        public String key() {
            return key;
        }

        public byte[] body() {
            return body.clone();
        }

        public HttpResponse<byte[]> post(StartedDashboard dashboard) {
            return post(dashboard, null);
        }

        /** @param token presented; null for none */
        public HttpResponse<byte[]> post(StartedDashboard dashboard, String token) {
            return post(dashboard, token, null);
        }

        /** @param delivery what is told of this attempt; null tells nothing */
        public HttpResponse<byte[]> postTelling(StartedDashboard dashboard, String delivery) {
            return post(dashboard, null, delivery);
        }

        private HttpResponse<byte[]> post(StartedDashboard dashboard, String token, String delivery) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(dashboard.url() + "/v1/metrics"))
                    .header("Content-Type", "application/x-protobuf")
                    .header("Idempotency-Key", key)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body));
            if (token != null) {
                request.header("Authorization", "Bearer " + token);
            }
            if (delivery != null) {
                request.header("Headroom-Delivery", delivery);
            }
            try {
                return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        }
    }
}
