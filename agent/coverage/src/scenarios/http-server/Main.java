import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * The same visitors for every server; {@code Site} is the server, with the pages that {@link Page} describes. Speaks HTTP over plain
 * sockets, which no hook sees.
 */
public final class Main {
    private static final String DURATION = "http.server.request.duration";
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String TRACE_PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";
    private static final int SLOW = 15;

    private static int port;
    private static int requests;

    public static void main(String[] args) throws Exception {
        port = Site.start();
        for (int i = 0; i < 3; i++) {
            ask("GET", "/hello");
        }
        expect(3, "GET", "/hello", 200, "");
        ask("POST", "/hello");
        expect(1, "POST", "/hello", 201, "");
        // Some frameworks refuse methods that they do not know.
        String method = System.getProperty("site.method", "BREW");
        ask(method, "/hello");
        expect(1, method.equals("BREW") ? "_OTHER" : method, "/hello", 200, "");
        ask("GET", "/refuse");
        Expect.traced(TRACE);
        expect(1, "GET", "/refuse", 503, "503");
        ask("GET", "/fail");
        if (Site.failStatus() != 0) {
            expect(1, "GET", "/fail", Site.failStatus(), Site.failure());
        }
        ask("GET", "/nothing/here");
        // Without a servlet nothing but the container's own hook knows of a request.
        if (!Boolean.getBoolean("site.servlets.only")) {
            expect(1, "GET", "/nothing/here", 404, "");
        }
        double slow = median("/slow");
        boolean named = !Site.route("/hello").equals("unmatched");
        boolean apart = !Site.route("/later").equals(Site.route("/slow"));
        if (apart || !named) {
            expect(SLOW, "GET", "/slow", 200, "");
        }
        if (named) {
            p50(slow, "http.route=" + Site.route("/slow"), "http.response.status_code=200");
        }
        double later = median("/later");
        expect(apart || !named ? SLOW : 2 * SLOW, "GET", "/later", 200, "");
        if (apart && named) {
            p50(later, "http.route=" + Site.route("/later"));
        }
        ask("GET", "/events");
        expect(1, "GET", "/events", 200, "");
        abandon("/endless");
        expect(1, "GET", "/endless", 200, "aborted");
        ask("GET", "/work");
        // The agent was asked to hand traces on.
        Next.expect(2, System.getProperty("headroom.test.sink") == null ? "none" : TRACE_PARENT);
        expect(1, "GET", "/work", 200, "");
        Expect.sum("headroom.request.db.calls", Site.statements(), "http.route=" + Site.route("/work"));
        Expect.count(DURATION, requests);
        Expect.awaitExport();
        Site.stop();
        System.exit(0);
    }

    /** What the visitor waited, which is 200 ms and what a busy machine adds; in seconds. */
    private static double median(String page) throws Exception {
        long[] nanos = new long[SLOW];
        for (int i = 0; i < SLOW; i++) {
            long begin = System.nanoTime();
            ask("GET", page);
            nanos[i] = System.nanoTime() - begin;
        }
        Arrays.sort(nanos);
        System.out.println("at least 200 ms: " + (nanos[0] >= 200_000_000L));
        return nanos[SLOW / 2] / 1e9;
    }

    /** Not shorter than the page takes and not longer than the visitor waited, each by 3 %. */
    private static void p50(double waited, String... attributes) {
        double middle = (0.2 + waited) / 2;
        Expect.p50Within(DURATION, middle, (waited - 0.2) / 2 / middle + 0.03, attributes);
    }

    private static int sameRoute;

    private static void expect(int count, String method, String page, int status, String error) {
        requests += count;
        if (Site.route("/hello").equals("unmatched") && method.equals("GET") && status == 200 && error.isEmpty()) {
            // Every page has one route here: what is told apart is the sum.
            sameRoute += count;
            if (page.equals("/work")) {
                Expect.count(DURATION, sameRoute, "http.request.method=GET", "http.route=unmatched",
                        "http.response.status_code=200", "error.type=", "url.scheme=http");
            }
            return;
        }
        Expect.count(
                DURATION,
                count,
                "http.request.method=" + method,
                "http.route=" + Site.route(page),
                "http.response.status_code=" + status,
                "error.type=" + error,
                "url.scheme=http");
    }

    /** One request on a connection of its own; prints what came back. */
    private static void ask(String method, String path) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                InputStream in = socket.getInputStream()) {
            send(socket, method, path, "Connection: close\r\ntraceparent: " + TRACE_PARENT + "\r\n");
            String answer = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            String status = answer.isEmpty() ? "nothing" : answer.substring(9, 12);
            int body = answer.indexOf("\r\n\r\n");
            boolean told = status.startsWith("2") && body > 0;
            System.out.println(method + " " + path + " " + status + (told ? " " + words(answer.substring(body)) : ""));
        }
        Site.settled();
    }

    /** Chunk sizes left out. */
    private static String words(String body) {
        return body.replaceAll("(?m)^[0-9a-fA-F]*\r\n", "").replaceAll("\\s+", " ").trim();
    }

    /** Goes away in the middle of the answer, and waits until the server has noticed. */
    private static void abandon(String path) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoLinger(true, 0);
            send(socket, "GET", path, "");
            socket.getInputStream().readNBytes(64);
        }
        Instant deadline = Instant.now().plusSeconds(20);
        while (!Page.gaveUp() && Instant.now().isBefore(deadline)) {
            Thread.sleep(10);
        }
        System.out.println("the server noticed: " + Page.gaveUp());
    }

    private static void send(Socket socket, String method, String path, String headers) throws Exception {
        OutputStream out = socket.getOutputStream();
        String length = method.equals("POST") ? "Content-Length: 0\r\n" : "";
        out.write((method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + length + headers + "\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }
}
