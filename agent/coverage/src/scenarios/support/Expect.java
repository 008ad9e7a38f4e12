import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Where a scenario says what it did; the harness compares it with what the agent recorded. Attributes are written {@code key=value};
 * {@code key=} means that the series has no such attribute. Series with further attributes count too.
 */
public final class Expect {
    private Expect() {}

    /** A request of this trace was kept as an example. */
    public static void traced(String traceId) {
        write("traced", traceId, "1");
    }

    /** So many durations or amounts were recorded. */
    public static void count(String metric, long count, String... attributes) {
        write("count", metric, Long.toString(count), attributes);
    }

    /** A counter's sum, or the sum of the amounts recorded. */
    public static void sum(String metric, double sum, String... attributes) {
        write("sum", metric, Double.toString(sum), attributes);
    }

    /** No series with these attributes. */
    public static void none(String metric, String... attributes) {
        write("none", metric, "0", attributes);
    }

    /** At least so many durations or amounts, where a library decides the number itself. */
    public static void atLeast(String metric, long count, String... attributes) {
        write("atLeast", metric, Long.toString(count), attributes);
    }

    /** The median of the durations lies within the fraction, such as 0.03, of so many seconds. */
    public static void p50Within(String metric, double seconds, double fraction, String... attributes) {
        write("p50", metric, seconds + "~" + fraction, attributes);
    }

    /**
     * The median of calls through {@code x.slow.port} or {@code x.slow.url} is within 3 % of 200 ms; where this machine was so busy that
     * the application itself saw more, within 3 % of what it saw.
     */
    public static void slow(String metric, long[] seenNanos, String... attributes) {
        long[] sorted = seenNanos.clone();
        Arrays.sort(sorted);
        double seen = sorted[sorted.length / 2] / 1e9;
        p50Within(metric, Math.max(seen, 0.2), 0.03, attributes);
    }

    /** The largest value that a gauge had, over all windows; series of one window are added. */
    public static void max(String metric, double value, String... attributes) {
        write("max", metric, Double.toString(value), attributes);
    }

    /** The value that a gauge had last; series of one window are added. */
    public static void last(String metric, double value, String... attributes) {
        write("last", metric, Double.toString(value), attributes);
    }

    /** Waits until the agent has read its gauges from now on and sent them; returns at once in the run without the agent. */
    public static void awaitExport() throws IOException {
        String endpoint = System.getProperty("headroom.test.sink");
        if (endpoint != null) {
            ask(endpoint, "/later-than/" + System.currentTimeMillis());
        }
    }

    /** A plain socket, which no hook sees. */
    private static String ask(String endpoint, String path) throws IOException {
        int port = Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                InputStream answer = socket.getInputStream()) {
            socket.getOutputStream().write(("GET " + path + " HTTP/1.0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            String text = new String(answer.readAllBytes(), StandardCharsets.US_ASCII);
            return text.substring(text.indexOf("\r\n\r\n") + 4).trim();
        }
    }

    private static void write(String kind, String metric, String value, String... attributes) {
        StringBuilder line = new StringBuilder(kind).append('\t').append(metric).append('\t').append(value);
        for (String attribute : attributes) {
            line.append('\t').append(attribute);
        }
        try {
            Files.write(
                    Paths.get(System.getProperty("headroom.test.expect")),
                    line.append('\n').toString().getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
