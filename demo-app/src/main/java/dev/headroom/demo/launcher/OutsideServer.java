package dev.headroom.demo.launcher;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What belongs to somebody else: a language model that takes 300 to 700 ms and fails every {@value #EVERY_FAILING}th time, and a
 * directory of clinics that takes 80 to 160 ms. The times are made up, the failures are counted off: every run has as many.
 */
final class OutsideServer implements AutoCloseable {
    private static final int EVERY_FAILING = 25;

    private final AtomicLong modelCalls = new AtomicLong();
    private final AtomicLong directoryCalls = new AtomicLong();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "outside");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpServer server;
    private volatile long extraMillis;

    OutsideServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException refused) {
            throw new UncheckedIOException("The language model found no free port", refused);
        }
        server.setExecutor(threads);
        server.createContext("/llm", this::reply);
        server.createContext("/llm/health", exchange -> answer(exchange, 5, 200, "healthy"));
        server.createContext("/clinics", this::clinics);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    long modelCalls() {
        return modelCalls.get();
    }

    long directoryCalls() {
        return directoryCalls.get();
    }

    /** Adds so much to every answer from now on. */
    void slower(long millis) {
        extraMillis = millis;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void reply(HttpExchange exchange) throws IOException {
        long number = modelCalls.incrementAndGet();
        long millis = 300 + new SplittableRandom(number).nextLong(400);
        answer(exchange, millis, number % EVERY_FAILING == 0 ? 503 : 200, "I hear you. What would help you today?");
    }

    private void clinics(HttpExchange exchange) throws IOException {
        long number = directoryCalls.incrementAndGet();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        answer(exchange, 80 + new SplittableRandom(number).nextLong(80), 200, """
                [{"name":"Harbour Vets","street":"1 Quay"},{"name":"Dr Paw","street":"22 Hill Road"}]""");
    }

    private void answer(HttpExchange exchange, long millis, int status, String text) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            TimeUnit.MILLISECONDS.sleep(millis + extraMillis);
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
