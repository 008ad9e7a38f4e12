package dev.headroom.coverage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A web server for HTTP clients: {@code http.host}, {@code http.port}. {@code /ok} says "ok", {@code /echo} the body, {@code
 * /status/N} that status, {@code /redirect} leads to {@code /ok}, {@code /break} closes the connection without an answer, {@code
 * /hang} only after two seconds. {@code /drip} sends the second half of its body 200 ms after the first, {@code /chunks} a body in
 * many parts, {@code /cut} less than it promised. Counts requests by method and path.
 */
final class HttpBackEnd implements BackEnd {
    private static final String STATUS = "/status/";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, AtomicLong> requests = new ConcurrentHashMap<>();

    HttpBackEnd() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            requests.computeIfAbsent(exchange.getRequestMethod() + " " + path, key -> new AtomicLong())
                    .incrementAndGet();
            byte[] sent = exchange.getRequestBody().readAllBytes();
            if (path.startsWith(STATUS)) {
                say(exchange, Integer.parseInt(path.substring(STATUS.length())), "status");
            } else if (path.equals("/redirect")) {
                exchange.getResponseHeaders().add("Location", "/ok");
                exchange.sendResponseHeaders(302, -1);
            } else if (path.equals("/echo")) {
                say(exchange, 200, new String(sent, StandardCharsets.UTF_8));
            } else if (path.equals("/drip")) {
                inParts(exchange, 2, 200);
            } else if (path.equals("/chunks")) {
                inParts(exchange, 100, 0);
            } else if (path.equals("/cut")) {
                exchange.sendResponseHeaders(200, 1_000);
                exchange.getResponseBody().write(new byte[100]);
                exchange.getResponseBody().flush();
            } else if (path.equals("/hang")) {
                LockSupport.parkNanos(2_000_000_000L);
            } else if (!path.equals("/break")) {
                say(exchange, 200, "ok");
            }
        }
    }

    private static void inParts(HttpExchange exchange, int parts, long pauseMillis) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        for (int part = 0; part < parts; part++) {
            if (part > 0 && pauseMillis > 0) {
                LockSupport.parkNanos(pauseMillis * 1_000_000);
            }
            exchange.getResponseBody().write(new byte[1_000]);
            exchange.getResponseBody().flush();
        }
    }

    private static void say(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        boolean bodiless = exchange.getRequestMethod().equals("HEAD") || status == 204 || status == 304;
        exchange.sendResponseHeaders(status, bodiless || bytes.length == 0 ? -1 : bytes.length);
        if (!bodiless) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public Map<String, String> fresh() {
        requests.clear();
        return Map.of(
                "http.host",
                "127.0.0.1",
                "http.port",
                Integer.toString(server.getAddress().getPort()));
    }

    @Override
    public Map<String, Long> work() {
        Map<String, Long> work = new TreeMap<>();
        requests.forEach((request, count) -> work.put(request, count.get()));
        return work;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
