package dev.headroom.core.export;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.headroom.otlp.MetricPoint;
import dev.headroom.otlp.OtlpLogsReader;
import dev.headroom.otlp.OtlpMetricsReader;
import dev.headroom.otlp.ResourceMetrics;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/** A dashboard that keeps what it is sent and misbehaves as told, one behaviour per request; then it behaves. Thread-safe. */
final class CollectorServer implements AutoCloseable {
    /** Answers one request; the body was read and kept before. */
    interface Behaviour {
        void answer(HttpExchange exchange) throws IOException;
    }

    /** One POST as it arrived. */
    static final class Post {
        private final String key;
        private final Map<String, List<String>> headers;
        private final byte[] body;

        Post(String key, Map<String, List<String>> headers, byte[] body) {
            this.key = key;
            this.headers = headers;
            this.body = body;
        }

        String key() {
            return key;
        }

        Map<String, List<String>> headers() {
            return headers;
        }

        byte[] body() {
            return body;
        }

        /** What was told of this attempt. */
        String delivery() {
            return headers.get("Headroom-delivery").get(0);
        }

        /** Of a post to {@code /v1/logs}. */
        List<OtlpLogsReader.LogRecord> records() {
            try (GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(body))) {
                return OtlpLogsReader.read(plain.readAllBytes()).get(0).records();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        OtlpMetricsReader.Result decoded() {
            try (GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(body))) {
                return OtlpMetricsReader.read(plain.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static final Behaviour ACCEPT = status(200);

    /** Takes the request and closes the connection without a word. */
    static final Behaviour HANG_UP = exchange -> exchange.close();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Deque<Behaviour> behaviours = new ArrayDeque<>();
    private final List<Post> posts = Collections.synchronizedList(new ArrayList<>());
    private final Deque<Behaviour> logBehaviours = new ArrayDeque<>();
    private final List<Post> logPosts = Collections.synchronizedList(new ArrayList<>());
    private final Set<Integer> clientPorts = ConcurrentHashMap.newKeySet();
    private final List<String> orderRequests = Collections.synchronizedList(new ArrayList<>());
    private Behaviour usual = ACCEPT;
    private volatile String orders = "version 0\n";
    private volatile String announced = "0";

    CollectorServer() throws IOException {
        this(0);
    }

    CollectorServer(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/v1/metrics", exchange -> post(exchange, posts, behaviours));
        server.createContext("/v1/logs", exchange -> post(exchange, logPosts, logBehaviours));
        server.createContext("/api/v1/agent/orders", this::orders);
        server.start();
    }

    static Behaviour status(int status, String... headers) {
        return exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        };
    }

    synchronized CollectorServer next(Behaviour... coming) {
        behaviours.addAll(List.of(coming));
        return this;
    }

    /** The same for log records. */
    synchronized CollectorServer nextLogs(Behaviour... coming) {
        logBehaviours.addAll(List.of(coming));
        return this;
    }

    /** What it does when nothing else was told. */
    synchronized void always(Behaviour behaviour) {
        usual = behaviour;
    }

    /** As receivers that know nothing of us: without a word of orders. */
    void stock() {
        announced = "";
    }

    /** What it announces in the orders header, and answers when asked. */
    void orders(String version, String text) {
        orders = text;
        announced = version;
    }

    private void post(HttpExchange exchange, List<Post> into, Deque<Behaviour> coming) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        clientPorts.add(exchange.getRemoteAddress().getPort());
        into.add(new Post(
                exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                new LinkedHashMap<>(exchange.getRequestHeaders()),
                body));
        Behaviour behaviour;
        synchronized (this) {
            behaviour = coming.isEmpty() ? usual : coming.removeFirst();
        }
        if (!announced.isEmpty()) {
            exchange.getResponseHeaders().add("Headroom-Orders", announced);
        }
        behaviour.answer(exchange);
    }

    private void orders(HttpExchange exchange) throws IOException {
        orderRequests.add(exchange.getRequestURI().toString());
        byte[] text = orders.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(text);
        exchange.close();
    }

    int port() {
        return server.getAddress().getPort();
    }

    String address() {
        return "http://127.0.0.1:" + port();
    }

    List<Post> posts() {
        return List.copyOf(posts);
    }

    List<Post> logPosts() {
        return List.copyOf(logPosts);
    }

    int postCount() {
        return posts.size();
    }

    /** JVMs that posted after the first so many posts. */
    int sendersSince(int begin) {
        Set<String> senders = new HashSet<>();
        for (Post post : posts().subList(begin, postCount())) {
            senders.add(post.key().substring(0, post.key().indexOf(':')));
        }
        return senders.size();
    }

    /** One for each connection that posted. */
    Set<Integer> clientPorts() {
        return Set.copyOf(clientPorts);
    }

    List<String> orderRequests() {
        return List.copyOf(orderRequests);
    }

    /** What a dashboard keeps: the first arrival of every key. */
    List<Post> kept() {
        Map<String, Post> first = new LinkedHashMap<>();
        for (Post post : posts()) {
            first.putIfAbsent(post.key(), post);
        }
        return List.copyOf(first.values());
    }

    /** Adds up one number over all points of a metric that were kept. */
    double total(String metric, Function<MetricPoint, Number> number) {
        double total = 0;
        for (Post post : kept()) {
            for (ResourceMetrics resource : post.decoded().resources()) {
                for (MetricPoint point : resource.points()) {
                    if (point.metric().equals(metric)) {
                        total += number.apply(point).doubleValue();
                    }
                }
            }
        }
        return total;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
