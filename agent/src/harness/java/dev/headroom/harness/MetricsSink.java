package dev.headroom.harness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.headroom.otlp.MetricPoint;
import dev.headroom.otlp.OtlpLogsReader;
import dev.headroom.otlp.OtlpLogsReader.LogRecord;
import dev.headroom.otlp.OtlpMetricsReader;
import dev.headroom.otlp.ResourceMetrics;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/** Stands in for the dashboard: takes what agents of forked JVMs send, each batch once by its key. Thread-safe. */
public final class MetricsSink implements AutoCloseable {
    /** System property of programs under test: where their sink is. */
    public static final String ENDPOINT = "headroom.test.sink";

    private static final String RECEIVED = "/received/";
    private static final String LATER = "/later-than/";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Object lock = new Object();
    private final Map<String, List<ResourceMetrics>> batches = new LinkedHashMap<>();
    private final Map<String, List<LogRecord>> logs = new LinkedHashMap<>();
    private final List<byte[]> bytes = new ArrayList<>();
    /** When the newest window ended, of those that came. */
    private long newestNanos;

    private volatile String ordersVersion = "";
    private volatile String orders = "";

    public MetricsSink() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/metrics", this::take);
        server.createContext("/v1/logs", this::takeLogs);
        server.createContext("/api/v1/agent/orders", this::hand);
        server.createContext(RECEIVED, this::await);
        server.createContext(LATER, this::awaitLater);
        server.start();
    }

    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
            try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(body))) {
                return plain.readAllBytes();
            }
        }
        return body;
    }

    private void takeLogs(HttpExchange exchange) throws IOException {
        byte[] body = body(exchange);
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        List<LogRecord> records = new ArrayList<>();
        OtlpLogsReader.read(body).forEach(resource -> records.addAll(resource.records()));
        synchronized (lock) {
            logs.putIfAbsent(key, records);
            bytes.add(body);
        }
        exchange.getResponseHeaders().add("Headroom-Ack", key.substring(key.lastIndexOf(':') + 1));
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = body(exchange);
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        synchronized (lock) {
            List<ResourceMetrics> resources = OtlpMetricsReader.read(body).resources();
            batches.putIfAbsent(key, resources);
            for (ResourceMetrics resource : resources) {
                for (MetricPoint point : resource.points()) {
                    newestNanos = Math.max(newestNanos, point.timeNanos());
                }
            }
            bytes.add(body);
            lock.notifyAll();
        }
        if (!ordersVersion.isEmpty()) {
            exchange.getResponseHeaders().add("Headroom-Orders", ordersVersion);
        }
        exchange.getResponseHeaders().add("Headroom-Ack", key.substring(key.lastIndexOf(':') + 1));
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    /** From now on announced with every answer, and handed out. */
    public void orders(String version, String text) {
        orders = text;
        ordersVersion = version;
    }

    private void hand(HttpExchange exchange) throws IOException {
        byte[] text = orders.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, text.length);
        exchange.getResponseBody().write(text);
        exchange.close();
    }

    private void await(HttpExchange exchange) throws IOException {
        int wanted = Integer.parseInt(exchange.getRequestURI().getPath().substring(RECEIVED.length()));
        synchronized (lock) {
            try {
                while (batches.size() < wanted) {
                    lock.wait();
                }
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
        }
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    /** Answers when a window has come that ended later than the millisecond at the path's end. */
    private void awaitLater(HttpExchange exchange) throws IOException {
        long nanos = Long.parseLong(exchange.getRequestURI().getPath().substring(LATER.length())) * 1_000_000;
        synchronized (lock) {
            try {
                while (newestNanos <= nanos) {
                    lock.wait();
                }
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
        }
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    /**
     * For programs under test: waits until their agent has delivered that many batches. A plain socket, which no hook sees; returns
     * at once in a program that runs without the agent.
     */
    public static void awaitBatches(int batches) throws IOException {
        String endpoint = System.getProperty(ENDPOINT);
        if (endpoint != null) {
            int port = Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                String request = "GET " + RECEIVED + batches + " HTTP/1.0\r\n\r\n";
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                if (socket.getInputStream().read() < 0) {
                    throw new IOException("the sink is gone");
                }
            }
        }
    }

    /** Everything that came, in order. */
    public List<ResourceMetrics> received() {
        List<ResourceMetrics> received = new ArrayList<>();
        synchronized (lock) {
            batches.values().forEach(received::addAll);
        }
        return received;
    }

    /** Every log record that came, in order. */
    public List<LogRecord> logs() {
        List<LogRecord> received = new ArrayList<>();
        synchronized (lock) {
            logs.values().forEach(received::addAll);
        }
        return received;
    }

    /** Keys of the log batches, in the order of their first arrival. */
    public List<String> logKeys() {
        synchronized (lock) {
            return List.copyOf(logs.keySet());
        }
    }

    /** Every body that came, decompressed. */
    public List<byte[]> bytes() {
        synchronized (lock) {
            return List.copyOf(bytes);
        }
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
        threads.shutdownNow();
    }
}
