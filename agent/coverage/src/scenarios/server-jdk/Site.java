import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The JDK's own server. An exception of a handler drops the connection without an answer. */
final class Site {
    private static final ExecutorService THREADS = Executors.newFixedThreadPool(4);
    private static HttpServer server;

    private Site() {}

    static int start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(THREADS);
        server.createContext("/hello", exchange ->
                answer(exchange, exchange.getRequestMethod().equals("POST") ? 201 : 200, "hello"));
        server.createContext("/refuse", exchange -> {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        server.createContext("/fail", exchange -> {
            throw new UnsupportedOperationException("asked for");
        });
        server.createContext("/slow", exchange -> {
            Page.pause(200);
            answer(exchange, 200, "slow");
        });
        // The handler returns at once; another thread answers.
        server.createContext("/later", exchange ->
                Page.LATER.schedule(() -> answerLater(exchange), 200, TimeUnit.MILLISECONDS));
        server.createContext("/events", Site::events);
        server.createContext("/endless", Site::endless);
        server.createContext("/work", exchange -> answer(exchange, 200, Page.work()));
        server.start();
        return server.getAddress().getPort();
    }

    private static Object answerLater(HttpExchange exchange) throws IOException {
        answer(exchange, 200, "later");
        return null;
    }

    /** Closes the body only, as many handlers do. */
    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.US_ASCII);
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static void events(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            for (int i = 1; i <= 3; i++) {
                out.write(("data: " + i + "\n\n").getBytes(StandardCharsets.US_ASCII));
                out.flush();
                Page.pause(30);
            }
        }
    }

    private static void endless(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try {
            OutputStream out = exchange.getResponseBody();
            while (true) {
                out.write(Page.LINE);
                out.flush();
                Page.pause(1);
            }
        } finally {
            Page.giveUp();
        }
    }

    static void stop() {
        server.stop(0);
        THREADS.shutdownNow();
    }

    static String route(String page) {
        return page.startsWith("/nothing") ? "unmatched" : page;
    }

    /** None is sent; it counts as a failure of the server. */
    static int failStatus() {
        return 500;
    }

    static String failure() {
        return "java.lang.UnsupportedOperationException";
    }

    static int statements() {
        return Page.statements();
    }

    static void settled() {}
}
