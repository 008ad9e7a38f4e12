import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Answers of known sizes, compressed and not, asked for with and without an offer of encodings; some that can be asked for again by a validator. */
public final class Main {
    private static final String SIZE = "http.server.response.body.size";
    private static final String[] VALIDATED = {"/tagged", "/dated", "/secret"};
    static final int LARGE = 5_000;

    private static int port;

    public static void main(String[] arguments) throws Exception {
        port = Site.start();
        int zipped = 0;
        for (int i = 0; i < 3; i++) {
            ask("/words", "Accept-Encoding: gzip\r\n");
            ask("/words", "");
            ask("/picture", "Accept-Encoding: gzip\r\n");
            zipped += ask("/zipped", "Accept-Encoding: gzip\r\n");
        }
        for (String path : VALIDATED) {
            ask(path, "");
        }
        ask("/empty", "Accept-Encoding: gzip\r\n");
        route("/words", 6, 6.0 * LARGE, "http.response.status_code=200");
        route("/words", 3, 3.0 * LARGE, "headroom.response.content=text", "headroom.response.encoding=identity");
        route("/words", 3, 3.0 * LARGE, "headroom.response.content=", "headroom.response.encoding=");
        route("/picture", 3, 3.0 * LARGE, "headroom.response.content=");
        route("/zipped", 3, zipped, "headroom.response.content=text", "headroom.response.encoding=gzip");
        for (String path : VALIDATED) {
            route(path, 1, LARGE, "headroom.response.validator=");
        }
        route("/words", 6, 6.0 * LARGE, "headroom.response.validator=none");
        route("/empty", 1, 0, "http.response.status_code=204", "headroom.response.validator=");
        Expect.count(SIZE, 16);
        Expect.count("http.server.request.duration", 16);
        Expect.awaitExport();
        Site.stop();
        System.exit(0);
    }

    private static void route(String route, int count, double bytes, String... more) {
        String[] attributes = new String[more.length + 1];
        attributes[0] = "http.route=" + Site.route(route);
        System.arraycopy(more, 0, attributes, 1, more.length);
        Expect.count(SIZE, count, attributes);
        Expect.sum(SIZE, bytes, attributes);
    }

    /** @return bytes of the body */
    private static int ask(String path, String headers) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                InputStream in = socket.getInputStream()) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            int body = answer.length() - answer.indexOf("\r\n\r\n") - 4;
            System.out.println(path + " " + answer.substring(9, 12) + " " + body);
            return body;
        }
    }
}
