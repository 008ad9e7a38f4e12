package dev.headroom.core.hook.redis;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Speaks to Redis without any client library: what the server counts is then only what the library under test sent. */
final class RawRedis implements AutoCloseable {
    private static final Set<String> OUR_OWN = Set.of("info", "config", "debug");

    private final Socket socket;
    private final InputStream in;

    RawRedis(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Sends an inline command without waiting for its reply. */
    void send(String command) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    /** The next reply: a simple one, an error, a number or a bulk string. */
    String reply() throws IOException {
        String line = line();
        if (!line.startsWith("$")) {
            return line;
        }
        byte[] bulk = in.readNBytes(Integer.parseInt(line.substring(1)));
        in.readNBytes(2);
        return new String(bulk, StandardCharsets.UTF_8);
    }

    String ask(String command) throws IOException {
        send(command);
        return reply();
    }

    /** Calls per command since the last reset, refused ones included; those of this client left out. */
    Map<String, Long> commandStatistics() throws IOException {
        Map<String, Long> calls = new TreeMap<>();
        for (String line : ask("INFO commandstats").split("\r\n")) {
            if (line.startsWith("cmdstat_")) {
                String name =
                        line.substring("cmdstat_".length(), line.indexOf(':')).split("\\|")[0];
                if (!OUR_OWN.contains(name)) {
                    calls.merge(name, number(line, "calls=") + number(line, ",rejected_calls="), Long::sum);
                }
            }
        }
        return calls;
    }

    private static long number(String line, String label) {
        int from = line.indexOf(label) + label.length();
        int to = line.indexOf(',', from);
        return Long.parseLong(line.substring(from, to < 0 ? line.length() : to));
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\r'; c = in.read()) {
            if (c < 0) {
                throw new IOException("Redis closed the connection");
            }
            line.append((char) c);
        }
        in.read();
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
