package dev.headroom.harmless;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.nio.charset.StandardCharsets;

/** Requests that come with a trace, or with what is none, call another server: all but what arrives there is the same. */
final class TraceScenario implements EveryHook.Scenario {
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Override
    public void play(Transcript transcript) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try (WireServer next = new WireServer(new HttpScript())) {
            server.createContext("/traced", exchange -> {
                byte[] body = call(next.port()).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            int port = server.getAddress().getPort();
            for (int i = 0; i < EveryHook.TIMES; i++) {
                transcript.say(asked(port, TRACE));
                transcript.say(asked(port, "nonsense"));
            }
        } finally {
            server.stop(0);
        }
    }

    private static String asked(int port, String trace) throws IOException {
        return WebRequest.send(
                port,
                "GET /traced HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\ntraceparent: " + trace + "\r\n\r\n");
    }

    private static String call(int port) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) new URL("http", "127.0.0.1", port, "/found").openConnection();
        try {
            return connection.getResponseCode() + " " + connection.getResponseMessage();
        } finally {
            connection.disconnect();
        }
    }
}
