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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The supplier's price service: a few milliseconds for a price, and every twelfth call fails with 503. */
final class SupplierServer implements AutoCloseable {
    private static final int EVERY_FAILING = 12;

    private final AtomicLong calls = new AtomicLong();
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final HttpServer server;

    SupplierServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException refused) {
            throw new UncheckedIOException("The supplier found no free port", refused);
        }
        server.setExecutor(threads);
        server.createContext("/prices/", this::price);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Calls received so far. */
    long calls() {
        return calls.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void price(HttpExchange exchange) throws IOException {
        try (exchange) {
            long number = calls.incrementAndGet();
            TimeUnit.MILLISECONDS.sleep(2 + number % 15);
            byte[] body = Long.toString(700 + number % 3000).getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(number % EVERY_FAILING == 0 ? 503 : 200, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
