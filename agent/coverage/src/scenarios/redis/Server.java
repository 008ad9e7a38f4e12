import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** What Redis itself counted, asked over a plain socket that no hook sees. */
final class Server {
    static final String TIMED = "db.client.operation.duration";
    static final String UNTIMED = "headroom.redis.untimed";

    static final String HOST = System.getProperty("redis.host");
    static final int PORT = Integer.getInteger("redis.port");

    private Server() {}

    static int slowPort() {
        return Integer.getInteger("redis.slow.port");
    }

    /** Calls since the scenario began. */
    static long calls(String command) throws IOException {
        return number("commandstats", "cmdstat_" + command + ":calls=");
    }

    static long hits() throws IOException {
        return number("stats", "keyspace_hits:");
    }

    static long misses() throws IOException {
        return number("stats", "keyspace_misses:");
    }

    /** Each of these commands was timed as often as the server was asked it. */
    static void timedAsCounted(String... commands) throws IOException {
        for (String command : commands) {
            Expect.count(TIMED, calls(command.toLowerCase()), "db.operation.name=" + command, "db.system.name=redis");
            Expect.none(UNTIMED, "db.operation.name=" + command);
        }
    }

    /** Each of these commands was counted without a duration as often as the server was asked it. */
    static void untimedAsCounted(String... commands) throws IOException {
        for (String command : commands) {
            Expect.sum(UNTIMED, calls(command.toLowerCase()), "db.operation.name=" + command, "db.system.name=redis");
            Expect.none(TIMED, "db.operation.name=" + command);
        }
    }

    private static long number(String section, String name) throws IOException {
        try (Socket socket = new Socket(HOST, PORT)) {
            socket.getOutputStream().write(("INFO " + section + "\r\n").getBytes(StandardCharsets.US_ASCII));
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            int left = Integer.parseInt(lines.readLine().substring(1));
            while (left > 0) {
                String line = lines.readLine();
                left -= line.length() + 2;
                if (line.startsWith(name)) {
                    return Long.parseLong(line.substring(name.length()).split(",")[0]);
                }
            }
            return 0;
        }
    }
}
