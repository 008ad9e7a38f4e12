import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The next service, which a page calls: a plain socket that notes which trace each call is of. */
final class Next {
    private static final List<String> ARRIVED = new CopyOnWriteArrayList<>();
    private static final ServerSocket SOCKET = open();

    private Next() {}

    private static ServerSocket open() {
        try {
            ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
            Thread thread = new Thread(() -> serve(socket), "next");
            thread.setDaemon(true);
            thread.start();
            return socket;
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void serve(ServerSocket listening) {
        while (true) {
            try (Socket socket = listening.accept()) {
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                String trace = "none";
                for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
                    trace = line.toLowerCase().startsWith("traceparent: ") ? line.substring(13) : trace;
                }
                ARRIVED.add(trace);
                socket.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            }
        }
    }

    static int call() {
        try {
            URL url = new URL("http://127.0.0.1:" + SOCKET.getLocalPort() + "/next");
            return ((HttpURLConnection) url.openConnection()).getResponseCode();
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Each of the calls came with the trace. */
    static void expect(int calls, String trace) {
        if (ARRIVED.size() != calls || ARRIVED.stream().anyMatch(each -> !each.equals(trace))) {
            throw new IllegalStateException(calls + " calls with trace " + trace + " expected, found " + ARRIVED);
        }
    }
}
