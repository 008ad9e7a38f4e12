import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Answers that say where the time went, once each, but for one that others may get; without the agent none does. */
public final class Main {
    private static final String DURATION = "http.server.request.duration";
    private static final boolean AGENT = System.getProperty("headroom.test.sink") != null;

    private static int port;

    public static void main(String[] arguments) throws Exception {
        port = Site.start();
        for (int i = 0; i < 3; i++) {
            ask("/text", "200", AGENT);
            ask("/empty", "204", AGENT);
            ask("/cacheable", "200", false);
        }
        // Nothing but the container's own hook hears of the commit of an answer that its servlet still writes.
        ask("/pieces", "200", AGENT && !Boolean.getBoolean("site.servlets.only"));
        Expect.count(DURATION, 10);
        Expect.awaitExport();
        Site.stop();
        System.exit(0);
    }

    private static void ask(String path, String status, boolean told) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                InputStream in = socket.getInputStream()) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            String headers = answer.substring(0, answer.indexOf("\r\n\r\n") + 2);
            if (!answer.startsWith(status, 9)) {
                throw new IllegalStateException(path + " is answered by " + headers);
            }
            times(headers, "(?i)server-timing: total;dur=\\d+\\.\\d", told ? 1 : 0);
            times(headers, "(?i)x-response-time: \\d+\\.\\dms", told ? 1 : 0);
            System.out.println(path + " " + status + " " + answer.contains("\r\n\r\n"));
        }
    }

    private static void times(String headers, String line, int wanted) {
        int found = 0;
        for (String each : headers.split("\r\n")) {
            found += each.matches(line) ? 1 : 0;
        }
        if (found != wanted) {
            throw new IllegalStateException(wanted + " times " + line + " expected in " + headers);
        }
    }
}
