package dev.headroom.harmless;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;

/** HttpURLConnection: answers asked for once and twice, bodies, redirects, failures remembered, nobody there. */
final class UrlConnectionScenario implements EveryHook.Scenario {
    @Override
    public void play(Transcript transcript) throws Exception {
        int port;
        Transcript own = new Transcript();
        try (WireServer server = new WireServer(new HttpScript())) {
            port = server.port();
            for (int i = 0; i < EveryHook.TIMES; i++) {
                for (String path : new String[] {"/found", "/missing", "/redirect"}) {
                    own.tell("get " + path, () -> get(open(port, path)));
                }
                own.tell("post", () -> {
                    HttpURLConnection connection = open(port, "/post");
                    connection.setDoOutput(true);
                    connection.getOutputStream().write("a body".getBytes("UTF-8"));
                    return get(connection);
                });
                own.tell("late", () -> {
                    HttpURLConnection connection = open(port, "/found");
                    connection.connect();
                    return get(connection);
                });
            }
            own.tell("cut", () -> get(open(port, "/cut")));
            own.say(server.received());
        }
        int nobody = unused();
        for (int i = 0; i < EveryHook.TIMES; i++) {
            own.tell("nobody", () -> get(open(nobody, "/")));
        }
        transcript.say(own.text(port, nobody));
    }

    /** Another one than the server's, to which the JVM may have kept a connection that it would try first. */
    private static int unused() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static HttpURLConnection open(int port, String path) throws IOException {
        return (HttpURLConnection) new URL("http", "127.0.0.1", port, path).openConnection();
    }

    private static String get(HttpURLConnection connection) throws IOException {
        try (InputStream in = connection.getInputStream()) {
            return connection.getResponseCode()
                    + new String(in.readAllBytes())
                    + connection.getHeaderFields()
                    + (connection.getInputStream() == in)
                    + connection.getURL();
        }
    }
}
