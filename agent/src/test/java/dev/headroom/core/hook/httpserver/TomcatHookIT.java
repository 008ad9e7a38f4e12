package dev.headroom.core.hook.httpserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.record.Recorder;
import dev.headroom.harness.LocalWeaving;
import dev.headroom.harness.Recorded;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every major version of Tomcat with the Spring MVC of its time. */
class TomcatHookIT {
    private static final Path LIBRARIES = Path.of("target", "libraries");

    private final HttpClient client = HttpClient.newHttpClient();

    @ParameterizedTest
    @CsvSource({"8.5.100, 5.3.39, Javax", "9.0.98, 5.3.39, Javax", "10.1.41, 6.2.9, Jakarta", "11.0.24, 7.0.9, Jakarta"
    })
    void countsEveryRequestByItsRoute(String tomcat, String spring, String servlet) throws Exception {
        List<Function<Recorder, Hook>> hooks = List.of(TomcatHook::new, SpringRouteHook::new);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (LocalWeaving weaving = LocalWeaving.of(jars(tomcat, spring), hooks)) {
            Class<?> program = weaving.load(EmbeddedTomcat.class.getName());
            thread.setContextClassLoader(program.getClassLoader());
            Object running = program.getConstructor(String.class)
                    .newInstance("dev.headroom.core.hook.httpserver." + servlet + "Servlet");
            try (AutoCloseable ignored = (AutoCloseable) running) {
                String base = "http://127.0.0.1:" + ((Callable<?>) running).call();
                serve(weaving, base);
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void serve(LocalWeaving weaving, String base) throws Exception {
        assertThat(ask("GET", base + "/pets/17")).isEqualTo(200);
        assertThat(ask("GET", base + "/pets/18")).isEqualTo(200);
        assertThat(ask("GET", base + "/pets/0")).isEqualTo(500);
        assertThat(ask("POST", base + "/pets")).isEqualTo(201);
        assertThat(ask("GET", base + "/nothing/here")).isEqualTo(404);
        assertThat(ask("GET", base + "/plain")).isEqualTo(200);
        assertThat(ask("BREW", base + "/plain")).isEqualTo(200);
        assertThat(ask("GET", base + "/plain?throw")).isEqualTo(500);
        assertThat(ask("GET", base + "/plain?refuse")).isEqualTo(503);
        assertThat(ask("GET", base + "/files/a/b/c")).isEqualTo(200);
        assertThat(ask("GET", base + "/some/order.do")).isEqualTo(200);
        assertThat(raw(base, "GET /pets/1 HTTP/1.1\r\nHost: a b c\r\n\r\n")).startsWith("HTTP/1.1 400");
        Recorded recorded = settled(weaving, 12);

        Map<String, Long> counts = new TreeMap<>();
        recorded.entries(Metric.HTTP_SERVER_DURATION).forEach(entry -> {
            Map<String, String> attributes = entry.attributes().toMap();
            counts.merge(
                    attributes.get("http.request.method") + " " + attributes.get("http.route") + " "
                            + attributes.get("http.response.status_code") + " "
                            + attributes.getOrDefault("error.type", "-"),
                    entry.histogram().count(),
                    Long::sum);
        });
        assertThat(counts)
                .containsEntry("GET /pets/{id} 200 -", 2L)
                .containsEntry("GET /pets/{id} 500 java.lang.IllegalStateException", 1L)
                .containsEntry("POST /pets 201 -", 1L)
                .containsEntry("GET unmatched 404 -", 1L)
                .containsEntry("GET /plain 200 -", 1L)
                .containsEntry("_OTHER /plain 200 -", 1L)
                .containsEntry("GET /plain 500 java.lang.UnsupportedOperationException", 1L)
                .containsEntry("GET /plain 503 503", 1L)
                .containsEntry("GET /files/* 200 -", 1L)
                .containsEntry("GET /*.do 200 -", 1L)
                .hasSize(11);
        assertThat(recorded.count(Metric.HTTP_SERVER_DURATION, Map.of(Attribute.HTTP_STATUS, "400")))
                .isEqualTo(1);

        assertThat(ask("GET", base + "/plain?later")).isEqualTo(200);
        Recorded later = settled(weaving, 1);
        assertThat(later.attribute(Metric.HTTP_SERVER_DURATION, Attribute.HTTP_ROUTE))
                .contains("/plain");
        assertThat(later.entries(Metric.HTTP_SERVER_DURATION).get(0).histogram().max())
                .isBetween(0.14, 3.0);
    }

    /** The access log comes after the answer: what the client saw may be recorded a moment later. */
    private static Recorded settled(LocalWeaving weaving, int requests) throws InterruptedException {
        Instant deadline = Instant.now().plusSeconds(20);
        List<dev.headroom.core.record.Window.Entry> entries = new ArrayList<>();
        long counted = 0;
        while (counted < requests && Instant.now().isBefore(deadline)) {
            Recorded window = weaving.window();
            entries.addAll(window.window().entries());
            counted += window.count(Metric.HTTP_SERVER_DURATION);
            Thread.onSpinWait();
        }
        assertThat(counted).isEqualTo(requests);
        return new Recorded(new dev.headroom.core.record.Window(0, 5_000, entries));
    }

    private int ask(String method, String url) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(20))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static String raw(String base, String request) throws Exception {
        URI uri = URI.create(base);
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        }
    }

    private static List<Path> jars(String tomcat, String spring) throws Exception {
        List<String> wanted = new ArrayList<>(List.of("tomcat-embed-core-" + tomcat + ".jar"));
        wanted.add("tomcat-annotations-api-" + (tomcat.startsWith("1") ? "11.0.24" : "9.0.98") + ".jar");
        List<Path> jars = new ArrayList<>();
        try (Stream<Path> all = Files.list(LIBRARIES)) {
            all.filter(jar -> {
                        String name = jar.getFileName().toString();
                        return wanted.contains(name)
                                || (name.startsWith("spring-") && name.endsWith("-" + spring + ".jar"))
                                || name.startsWith("micrometer-")
                                || (name.startsWith("commons-logging-") && spring.startsWith("7"));
                    })
                    .forEach(jars::add);
        }
        return jars;
    }
}
