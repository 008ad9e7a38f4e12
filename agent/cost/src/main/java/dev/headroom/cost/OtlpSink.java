package dev.headroom.cost;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/** Takes whatever agents send by OTLP over HTTP, so that their exporters do real work, and only counts it. Thread-safe. */
final class OtlpSink implements AutoCloseable {
    private static final byte[] EMPTY_MESSAGE = new byte[0];

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final LongAdder bytes = new LongAdder();

    OtlpSink() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.setExecutor(threads);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange;
                InputStream body = exchange.getRequestBody()) {
            bytes.add(body.readAllBytes().length);
            String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
            if (key != null) {
                exchange.getResponseHeaders().add("Headroom-Ack", key.substring(key.lastIndexOf(':') + 1));
            }
            exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
            exchange.getResponseBody().write(EMPTY_MESSAGE);
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
