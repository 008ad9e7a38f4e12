package dev.headroom.harness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.headroom.otlp.MetricPoint;
import dev.headroom.otlp.OtlpMetricsReader;
import dev.headroom.otlp.ResourceMetrics;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Stands in for the dashboard: takes what agents of forked JVMs send, each batch once by its key. Thread-safe. */
public final class MetricsSink implements AutoCloseable {
    private final HttpServer server;
    private final Object lock = new Object();
    private final Map<String, List<ResourceMetrics>> batches = new LinkedHashMap<>();

    public MetricsSink() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/metrics", this::take);
        server.start();
    }

    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
            try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(body))) {
                body = plain.readAllBytes();
            }
        }
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        synchronized (lock) {
            batches.putIfAbsent(key, OtlpMetricsReader.read(body).resources());
        }
        exchange.getResponseHeaders().add("Headroom-Ack", key.substring(key.lastIndexOf(':') + 1));
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    /** Everything that came, in order. */
    public List<ResourceMetrics> received() {
        List<ResourceMetrics> received = new ArrayList<>();
        synchronized (lock) {
            batches.values().forEach(received::addAll);
        }
        return received;
    }

    /** All points of one metric. */
    public List<MetricPoint> points(String metric) {
        return received().stream()
                .flatMap(resource -> resource.points().stream())
                .filter(point -> point.metric().equals(metric))
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
