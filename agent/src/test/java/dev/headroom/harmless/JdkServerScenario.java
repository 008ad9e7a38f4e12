package dev.headroom.harmless;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The JDK's own server, which hangs up where a handler throws. */
final class JdkServerScenario extends ServerScenario {
    private HttpServer server;
    private ExecutorService threads;

    @Override
    int start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        threads = Executors.newFixedThreadPool(2);
        server.setExecutor(threads);
        server.createContext(HELLO, exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            answer(exchange, exchange.getRequestMethod() + " " + body);
        });
        server.createContext(REFUSE, exchange -> {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        server.createContext(FAIL, exchange -> {
            throw failure();
        });
        server.createContext(
                LATER,
                exchange -> threads.submit(() -> {
                    answer(exchange, "later");
                    return null;
                }));
        server.start();
        return server.getAddress().getPort();
    }

    /** Closes the body only, as many handlers do. */
    private static void answer(HttpExchange exchange, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }
}
