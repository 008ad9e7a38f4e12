package dev.headroom.cost;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/** Takes whatever agents send by OTLP over HTTP, so that their exporters do real work, and only counts it. Thread-safe. */
final class OtlpSink implements AutoCloseable {
    private static final String LIMITS_VERSION = "1";
    private static final String LIMITS = "version " + LIMITS_VERSION
            + "\nhttp.server.request.duration 100000000 500000000 1000000000"
            + "\ndb.client.operation.duration 10000000 100000000 1000000000\n";

    /** Takes a batch of Headroom's agent. */
    interface Reader {
        /**
         * @param key its Idempotency-Key
         * @param body its bytes as they came
         * @param gzip whether they are compressed
         */
        void read(String key, byte[] body, boolean gzip) throws IOException;
    }

    private final HttpServer server;
    private final Reader reader;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final LongAdder bytes = new LongAdder();

    /** Reads nothing. */
    OtlpSink() throws IOException {
        this((key, body, gzip) -> {});
    }

    OtlpSink(Reader reader) throws IOException {
        this.reader = reader;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.createContext("/api/v1/agent/limits", OtlpSink::giveLimits);
        server.setExecutor(threads);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What a dashboard with budgets hands to Headroom's agent. */
    private static void giveLimits(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] limits = LIMITS.getBytes(StandardCharsets.US_ASCII);
            exchange.getResponseHeaders().add("Content-Type", "text/plain");
            exchange.sendResponseHeaders(200, limits.length);
            exchange.getResponseBody().write(limits);
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange;
                InputStream in = exchange.getRequestBody()) {
            byte[] body = in.readAllBytes();
            bytes.add(body.length);
            String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
            if (key != null) {
                reader.read(
                        key, body, "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding")));
                exchange.getResponseHeaders().add("Headroom-Limits", LIMITS_VERSION);
                exchange.getResponseHeaders().add("Headroom-Ack", key.substring(key.lastIndexOf(':') + 1));
            }
            exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        }
    }

    /** As they came over the wire, without headers. */
    long bytes() {
        return bytes.sum();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
