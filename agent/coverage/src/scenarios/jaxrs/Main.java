import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Visitors of {@code Shop} under /shop/api, in whatever implements JAX-RS. */
public final class Main {
    private static final String DURATION = "http.server.request.duration";
    private static final String API = "/shop/api";

    private static int port;
    private static int requests;

    public static void main(String[] arguments) throws Exception {
        port = Site.start();

        visit(3, "GET", "/items", "/items", 200, "");
        for (int number = 17; number < 19; number++) {
            ask("GET", "/items/" + number);
        }
        expect(2, "GET", "/items/{id}", 200, "");
        visit(1, "POST", "/items", "/items", 201, "");
        visit(1, "GET", "/items/17/parts/3", "/items/{id}/parts/{part}", 200, "");
        visit(1, "GET", "/items/17/parts", "/items/{id}/parts", 200, "");
        visit(1, "GET", "/items/later/5", "/items/later/{n}", 200, "");
        visit(1, "GET", "/items/conflict", "/items/conflict", 409, "");
        visit(1, "GET", "/items/fail", "/items/fail", 500, System.getProperty("jaxrs.failure"));
        // The resource that was asked for is not known: there is only where the application is mounted.
        ask("GET", "/nothing");
        ask("GET", "/items/17/none");
        expect(2, "GET", "/*", 404, "");
        visit(1, "DELETE", "/items", "/*", 405, "");
        Expect.count(DURATION, requests);
        Expect.none(DURATION, "http.route=/shop/api/items/17");
        Site.stop();
        System.exit(0);
    }

    private static void visit(int times, String method, String path, String route, int status, String error)
            throws Exception {
        for (int i = 0; i < times; i++) {
            ask(method, path);
        }
        expect(times, method, route, status, error);
    }

    private static void expect(int count, String method, String route, int status, String error) {
        requests += count;
        Expect.count(
                DURATION,
                count,
                "http.request.method=" + method,
                "http.route=" + API + route,
                "http.response.status_code=" + status,
                "error.type=" + error);
    }

    private static void ask(String method, String path) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                InputStream in = socket.getInputStream()) {
            String length = method.equals("POST") ? "Content-Length: 0\r\n" : "";
            String head = method + " " + API + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + length + "\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            String status = answer.isEmpty() ? "nothing" : answer.substring(9, 12);
            int body = answer.indexOf("\r\n\r\n");
            boolean told = status.startsWith("2") && body > 0;
            String text = told ? answer.substring(body).replaceAll("(?m)^[0-9a-fA-F]*\r\n", "").trim() : "";
            System.out.println(method + " " + path + " " + status + " " + text);
        }
    }
}
