package dev.headroom.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A real Prometheus and a real Alertmanager with the shipped files, changed only in addresses and times. */
final class ScrapingPrometheus implements AutoCloseable {
    private static final Path NOT_RUN = Path.of("target", "not-run.txt");
    private static final Path SHIPPED = GrafanaBoard.FOLDER.resolve("prometheus");

    private final Path directory;
    private final List<Process> processes = new ArrayList<>();
    private int port;
    private int alerts;

    ScrapingPrometheus(Path directory) {
        this.directory = directory;
    }

    /** Leaves the test out, and says so, where the programs are not installed. */
    static void needed(Class<?> test) throws IOException {
        for (String binary : List.of("prometheus", "prometheus-alertmanager", "promtool", "amtool")) {
            boolean there = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, binary)));
            if (!there) {
                Files.createDirectories(NOT_RUN.getParent());
                String line = test.getSimpleName() + ": " + binary + " not found on PATH" + System.lineSeparator();
                Files.writeString(NOT_RUN, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                Assumptions.abort(line);
            }
        }
    }

    /** @param receivers address of webhooks in place of the shipped ones, without a slash at its end */
    ScrapingPrometheus withAlertmanager(String receivers, UnaryOperator<String> times) throws IOException {
        alerts = freePort();
        Path configuration = directory.resolve("alertmanager.yml");
        Files.writeString(
                configuration,
                times.apply(Files.readString(GrafanaBoard.FOLDER.resolve("alertmanager/alertmanager.yml"))
                        .replace("http://host.docker.internal:9999", receivers)));
        start(
                "prometheus-alertmanager",
                "--config.file=" + configuration,
                "--storage.path=" + directory.resolve("alertmanager"),
                "--web.listen-address=127.0.0.1:" + alerts,
                "--cluster.listen-address=");
        return this;
    }

    /** @param rules the shipped rules, with other times */
    ScrapingPrometheus scraping(StartedDashboard dashboard, String interval, UnaryOperator<String> rules)
            throws IOException {
        port = freePort();
        Files.writeString(
                directory.resolve("prometheus.yml"),
                Files.readString(SHIPPED.resolve("prometheus.yml"))
                        .replace("15s", interval)
                        .replace("alertmanager:9093", "127.0.0.1:" + alerts)
                        .replace("host.docker.internal:4318", "127.0.0.1:" + dashboard.port()));
        Files.writeString(
                directory.resolve("headroom-rules.yml"),
                rules.apply(Files.readString(SHIPPED.resolve("headroom-rules.yml"))));
        start(
                "prometheus",
                "--config.file=" + directory.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + directory.resolve("prometheus"),
                "--web.listen-address=127.0.0.1:" + port);
        return this;
    }

    private void start(String... command) throws IOException {
        processes.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(command[0] + ".log").toFile())
                .start());
    }

    /** The result of an instant query. */
    JsonNode query(String query) throws IOException, InterruptedException {
        String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
        return new ObjectMapper()
                .readTree(get("http://127.0.0.1:" + port + "/api/v1/query?query=" + encoded))
                .path("data")
                .path("result");
    }

    static String get(String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Accept", "text/plain,application/json")
                .build();
        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        if (answer.statusCode() != 200) {
            throw new IOException(url + " answered " + answer.statusCode());
        }
        return answer.body();
    }

    interface Question {
        boolean answered() throws Exception;
    }

    static void eventually(String what, Question question) throws Exception {
        Instant deadline = Instant.now().plusSeconds(90);
        while (Instant.now().isBefore(deadline)) {
            try {
                if (question.answered()) {
                    return;
                }
            } catch (IOException notUpYet) {
                // The server is still starting; the deadline decides.
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        throw new AssertionError("Not within 90 s: " + what);
    }

    /** What a program says; it must succeed. */
    static String run(Object... command) throws Exception {
        List<String> words = new ArrayList<>();
        for (Object word : command) {
            words.add(word.toString());
        }
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    @Override
    public void close() throws InterruptedException {
        for (Process process : processes) {
            process.destroy();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
