import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicReference;

/** Serves one request with the JDK's own server, and asks for it over a plain socket that no hook sees. */
final class Asking {
    /** What the request does. */
    interface Work {
        void run() throws Exception;
    }

    private Asking() {}

    static void request(String path, Work work) throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(path, exchange -> {
            try {
                work.run();
            } catch (Exception | Error failure) {
                thrown.set(failure);
            }
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getAddress().getPort())) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").getBytes());
            while (socket.getInputStream().read() >= 0) {
                // to the end of the answer
            }
        } finally {
            server.stop(0);
        }
        if (thrown.get() != null) {
            throw new IllegalStateException("the request failed", thrown.get());
        }
    }

    /** What the request's account says, to the unit. */
    static void expect(String path, int commands, int roundTrips, int hits, int misses) throws Exception {
        String route = "http.route=" + path;
        Expect.sum("headroom.request.redis.commands", commands, route);
        Expect.sum("headroom.request.redis.round_trips", roundTrips, route);
        Expect.sum("headroom.request.cache.hits", hits, route);
        Expect.sum("headroom.request.cache.misses", misses, route);
        Expect.count("headroom.request.time", 1, route, "headroom.request.part=redis");
    }
}
