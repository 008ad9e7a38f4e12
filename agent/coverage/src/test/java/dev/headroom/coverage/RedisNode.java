package dev.headroom.coverage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

/** One real Redis process on the loopback interface, and a plain conversation with it. */
final class RedisNode {
    private static final String STATISTICS = "cmdstat_";

    /** A port that was free may be somebody's a moment later, so it is tried with others. */
    private static final int TRIES = 5;

    /** This much above its port a second one is free for it; nodes of a cluster talk to each other there. */
    static final int NEIGHBOUR = 10_000;

    private final int port;
    private final RedisServer server;
    private final String login;

    private RedisNode(int port, String login, List<String> settings) throws IOException {
        this.port = port;
        this.login = login;
        RedisServerBuilder builder = RedisServer.newRedisServer()
                .port(port)
                .setting("bind 127.0.0.1")
                .setting("maxmemory 32mb")
                .setting("save \"\"");
        settings.forEach(builder::setting);
        server = builder.build();
        server.start();
    }

    /** Everybody may ask everything. */
    static RedisNode open() throws IOException {
        return start("", port -> List.of());
    }

    /**
     * @param login the line that lets us ask, when not everybody may; else empty
     * @param settings by its port, lines of its configuration beyond the usual ones
     */
    static RedisNode start(String login, IntFunction<List<String>> settings) throws IOException {
        IOException last = null;
        for (int i = 0; i < TRIES; i++) {
            int port = FreePort.with(NEIGHBOUR);
            try {
                return new RedisNode(port, login, settings.apply(port));
            } catch (IOException taken) {
                last = taken;
            }
        }
        throw new IOException("Redis did not start on any of " + TRIES + " ports: " + last.getMessage(), last);
    }

    int port() {
        return port;
    }

    /** Without keys and scripts, and with statistics from now on. */
    void fresh() throws IOException {
        ask("FLUSHALL");
        ask("SCRIPT FLUSH");
        ask("CONFIG RESETSTAT");
    }

    /** Calls by command, without these, which are asked here or by nobody's order. */
    Map<String, Long> commands(Set<String> without) throws IOException {
        Map<String, Long> calls = new TreeMap<>();
        for (String line : ask("INFO commandstats").split("\n")) {
            if (line.startsWith(STATISTICS)) {
                String[] parts = line.substring(STATISTICS.length()).split(":calls=|,");
                if (!without.contains(parts[0])) {
                    calls.put(parts[0], Long.parseLong(parts[1]));
                }
            }
        }
        return calls;
    }

    /** The text of a reply of one line or one string. */
    String ask(String command) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            BufferedReader replies =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            if (!login.isEmpty()) {
                ask(login, socket, replies);
            }
            return ask(command, socket, replies);
        }
    }

    private static String ask(String command, Socket socket, BufferedReader replies) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        String first = replies.readLine();
        if (first == null || first.startsWith("-")) {
            throw new IOException("Redis answers " + command + " with " + first);
        }
        if (!first.startsWith("$")) {
            return first;
        }
        StringBuilder text = new StringBuilder();
        int length = Integer.parseInt(first.substring(1));
        for (int i = 0; i < length; i++) {
            text.append((char) replies.read());
        }
        return text.toString().replace("\r", "");
    }

    void stop() throws IOException {
        server.stop();
    }
}
