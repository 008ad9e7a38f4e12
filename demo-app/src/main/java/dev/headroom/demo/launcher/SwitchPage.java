package dev.headroom.demo.launcher;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * A page with two buttons: all services naive, or all optimised. {@code POST /mode?to=OPTIMISED} does the same; the dashboard is
 * told, so that its comparisons begin there.
 */
final class SwitchPage implements AutoCloseable {
    private static final Set<String> MODES = Set.of("NAIVE", "OPTIMISED");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread daemon = new Thread(task, "switch-page");
        daemon.setDaemon(true);
        return daemon;
    });
    private final List<RunningSystem> systems;
    private final URI dashboard;
    private final HttpServer server;
    private volatile String mode = "NAIVE";

    SwitchPage(int port, URI dashboard, List<RunningSystem> systems) {
        this.systems = List.copyOf(systems);
        this.dashboard = dashboard;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException refused) {
            throw new UncheckedIOException("The page with the switch could not listen on port " + port, refused);
        }
        server.setExecutor(thread);
        server.createContext("/", this::show);
        server.createContext("/mode", this::turn);
        server.start();
    }

    /** Turns all services. */
    void turn(String to) throws IOException, InterruptedException {
        for (RunningSystem system : systems) {
            system.turn(http, to);
        }
        mode = to;
    }

    @Override
    public void close() {
        server.stop(0);
        thread.shutdownNow();
    }

    private void turn(HttpExchange exchange) throws IOException {
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        String to = query.startsWith("to=") ? query.substring("to=".length()) : "";
        try {
            if (!exchange.getRequestMethod().equals("POST") || !MODES.contains(to)) {
                answer(
                        exchange,
                        400,
                        "Found %s /mode?%s; expected POST /mode?to=NAIVE or POST /mode?to=OPTIMISED."
                                .formatted(exchange.getRequestMethod(), query));
                return;
            }
            turn(to);
            exchange.getResponseHeaders().set("Location", "/");
            answer(exchange, 303, "All five services are " + to + ".");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            answer(exchange, 503, "The demo is being stopped.");
        } catch (IOException refused) {
            answer(exchange, 502, "Not all services could be turned: " + refused.getMessage());
        }
    }

    private void show(HttpExchange exchange) throws IOException {
        String list = systems.stream()
                .map(system -> "<li>%s: %s</li>".formatted(system.system().id(), system.address()))
                .collect(Collectors.joining());
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        answer(exchange, 200, """
                <!doctype html><html lang="en"><meta charset="utf-8"><title>Headroom demo</title>
                <h1>All five services are %s</h1>
                <form method="post" action="/mode?to=NAIVE"><button>Naive</button></form>
                <form method="post" action="/mode?to=OPTIMISED"><button>Optimised</button></form>
                <p>The routes below /api turn; their twins below /naive and /optimised stay. See what it does on
                <a href="%s">the dashboard</a>.</p><ul>%s</ul></html>
                """.formatted(mode, dashboard, list));
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }
}
