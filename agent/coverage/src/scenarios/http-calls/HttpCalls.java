import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What every HTTP client is put through: statuses, bodies, a redirect, failures of each kind, replies that take 200 ms before or after
 * their headers. A subclass makes the calls. Each is expected to be counted once.
 */
abstract class HttpCalls {
    static final String METRIC = "http.client.request.duration";
    private static final int SLOW_CALLS = 9;

    final String base = "http://127.0.0.1:" + System.getProperty("http.port");
    private final Map<String, Integer> statuses = new LinkedHashMap<>();
    private final Map<String, Integer> failures = new LinkedHashMap<>();
    private int calls;

    /** Calls and reads the whole body. @return status, a space, the body's length */
    abstract String call(String method, String url, String body) throws Exception;

    /** As {@link #call}, but gives up 300 ms after the request. */
    abstract String callWithTimeout(String url) throws Exception;

    /** Calls and closes the reply without reading its body. @return the status */
    abstract int leave(String url) throws Exception;

    /** Begins a call, cancels it before there is an answer and waits for its end. */
    void cancel(String url) throws Exception {
        throw new UnsupportedOperationException();
    }

    boolean cancels() {
        return false;
    }

    /** Whether the client tells a body that ends too early from others when it ends its exchange. */
    boolean seesCut() {
        return !"false".equals(System.getProperty("client.sees.cut"));
    }

    /** False for versions in which cancelling does not reach the exchange, which goes on. */
    private static boolean cancellingWorks() {
        return !"false".equals(System.getProperty("client.cancels"));
    }

    /** Whether calls carry the trace of the request that makes them. */
    boolean carries() {
        return !"false".equals(System.getProperty("client.carries"));
    }

    /** Whether a call is timed to the end of its body; else to the headers. */
    boolean untilBody() {
        return true;
    }

    final void run() throws Exception {
        for (int i = 0; i < 5; i++) {
            succeeds("GET", "/ok", null);
        }
        succeeds("POST", "/echo", "hello");
        succeeds("GET", "/status/404", null);
        succeeds("GET", "/status/500", null);
        succeeds("GET", "/status/204", null);
        succeeds("GET", "/redirect", null);
        succeeds("GET", "/chunks", null);
        calls++;
        statuses.merge("200", 1, Integer::sum);
        System.out.println("left " + leave(base + "/chunks"));
        succeeds("GET", "/ok", null);

        fails("refused", () -> call("GET", "http://127.0.0.1:" + nobody() + "/", null));
        fails("timed out", () -> callWithTimeout(base + "/hang"));
        if (seesCut()) {
            fails("cut", () -> call("GET", base + "/cut", null));
        }
        if (cancels() && cancellingWorks()) {
            calls++;
            cancel(base + "/hang");
            failures.merge("java.util.concurrent.CancellationException", 1, Integer::sum);
        }
        succeeds("GET", "/ok", null);

        carriedOn();

        int slow = Integer.getInteger("http.slow.port");
        double late = median("http://127.0.0.1:" + slow + "/ok");
        double dripping = median("http://localhost:" + System.getProperty("http.port") + "/drip");
        calls += 2 * SLOW_CALLS;
        statuses.merge("200", 2 * SLOW_CALLS, Integer::sum);

        Expect.count(METRIC, calls);
        statuses.forEach((status, count) -> Expect.count(METRIC, count, "http.response.status_code=" + status, failure(status)));
        failures.forEach((type, count) -> Expect.count(METRIC, count, "error.type=" + type));
        Expect.count(METRIC, 1, "http.request.method=POST", "server.port=" + System.getProperty("http.port"), "error.type=");
        // The server answers 200 ms after the request. What a busy machine adds to that, the application sees, too.
        Expect.p50Within(METRIC, late, 0.03, "server.port=" + slow);
        // The body's second half comes 200 ms after the headers: a client that is timed to its headers shows next to nothing here.
        if (untilBody()) {
            Expect.p50Within(METRIC, dripping, 0.1, "server.address=localhost");
        }
    }

    /** A request that came with a trace calls another server; the agent was asked to hand the trace on. */
    private void carriedOn() throws Exception {
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        AtomicReference<String> arrived = new AtomicReference<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        server.setExecutor(threads);
        int port = server.getAddress().getPort();
        server.createContext("/inner", exchange -> {
            arrived.set(String.valueOf(exchange.getRequestHeaders().getFirst("traceparent")));
            answer(exchange);
        });
        server.createContext("/outer", exchange -> {
            try {
                call("GET", "http://127.0.0.1:" + port + "/inner", null);
            } catch (Exception failed) {
                arrived.set(failed.toString());
            }
            answer(exchange);
        });
        server.start();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write(("GET /outer HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\ntraceparent: " + trace + "\r\n\r\n")
                            .getBytes());
            while (socket.getInputStream().read() >= 0) {
                // to the end of the answer
            }
        }
        server.stop(0);
        threads.shutdown();
        calls++;
        statuses.merge("200", 1, Integer::sum);
        String expected = System.getProperty("headroom.test.sink") != null && carries() ? trace : "null";
        if (!expected.equals(arrived.get())) {
            throw new IllegalStateException("expected " + expected + " to arrive, found " + arrived);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 2);
        exchange.getResponseBody().write(new byte[] {'o', 'k'});
        exchange.close();
    }

    /** What the application itself sees, in seconds. */
    private double median(String url) throws Exception {
        double[] seconds = new double[SLOW_CALLS];
        for (int i = 0; i < SLOW_CALLS; i++) {
            long start = System.nanoTime();
            System.out.println(call("GET", url, null));
            seconds[i] = (System.nanoTime() - start) / 1e9;
        }
        Arrays.sort(seconds);
        return seconds[SLOW_CALLS / 2];
    }

    /** Another call, made before {@link #run}. */
    final void also(String status) {
        calls++;
        statuses.merge(status, 1, Integer::sum);
    }

    private static String failure(String status) {
        return "error.type=" + (Integer.parseInt(status) < 400 ? "" : status);
    }

    private void succeeds(String method, String path, String body) throws Exception {
        calls++;
        String answer = call(method, base + path, body);
        System.out.println(method + " " + path + " " + answer);
        statuses.merge(answer.substring(0, 3), 1, Integer::sum);
    }

    private interface Doomed {
        Object call() throws Exception;
    }

    private void fails(String why, Doomed doomed) {
        calls++;
        try {
            throw new AssertionError(why + " gave " + doomed.call());
        } catch (Exception failure) {
            Throwable cause = cause(failure);
            System.out.println(why + ": " + cause.getClass().getName());
            failures.merge(cause.getClass().getName(), 1, Integer::sum);
        }
    }

    /** What the client itself failed with. */
    Throwable cause(Exception failure) {
        Throwable cause = failure;
        while (cause instanceof ExecutionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static int nobody() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
