package dev.headroom.dashboard;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A receiver of webhooks on loopback that can be told to refuse. */
final class WebhookReceiver implements AutoCloseable {
    /** @param key the request's Idempotency-Key, or null */
    record Call(String path, @Nullable String key, JsonNode body, int answered, Instant at) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    private volatile int status = 200;

    WebhookReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            int answer = status;
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
            calls.add(new Call(
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                    new ObjectMapper().readTree(text),
                    answer,
                    Instant.now()));
        });
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    void answer(int code) {
        status = code;
    }

    BlockingQueue<Call> calls() {
        return calls;
    }

    /** The next call, waited for. */
    Call next() throws InterruptedException {
        Call call = calls.poll(90, TimeUnit.SECONDS);
        if (call == null) {
            throw new AssertionError("No webhook was called within 90 s");
        }
        return call;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
