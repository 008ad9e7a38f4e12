package dev.headroom.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.harness.AgentRun;
import dev.headroom.harness.NotRun;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The agent as it is, its endpoint set to a VictoriaMetrics from Debian's packages: every window is accepted, neither side warns, and what is asked back is what the program did.
 */
class StockReceiverIT {
    private static final String FOLDER = "HEADROOM_RECEIVERS";
    private static final int ROUNDS = 40;
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final Pattern SAMPLE = Pattern.compile("\"value\":\\[[0-9.]+,\"([^\"]+)\"\\]");

    @TempDir
    Path folder;

    @Test
    void victoriaMetricsTakesEveryWindow() throws Exception {
        Path binary = binary("victoria-metrics");
        int port = freePort();
        try (Receiver victoria = new Receiver(
                port,
                "/health",
                folder.resolve("log"),
                binary.toString(),
                "-storageDataPath=" + folder.resolve("data"),
                "-httpListenAddr=127.0.0.1:" + port,
                "-opentelemetry.usePrometheusNaming",
                "-search.latencyOffset=0s")) {
            AgentRun.Result run = run("http://127.0.0.1:" + port + "/opentelemetry");

            // It keeps deltas as they come: the total is their sum over time.
            String statements =
                    "sum(sum_over_time(db_client_operation_duration_seconds_count{db_operation_name=\"INSERT\"}[10m]))";
            await(() -> victoria.value(statements) == ROUNDS, statements + " to become " + ROUNDS);
            assertThat(victoria.warnings()).isEmpty();
            assertThat(run.errors()).doesNotContain("WARN").doesNotContain("refused");
        }
    }

    private static AgentRun.Result run(String endpoint) throws IOException, InterruptedException {
        AgentRun.Result run = AgentRun.of(Inserts.class)
                .withJars(
                        List.of(Path.of("target", "libraries", "h2-2.5.252.jar").toAbsolutePath()))
                .withAgent("endpoint=" + endpoint + ",export.interval=200ms,service.name=under-test")
                .run();
        assertThat(run.exitCode()).as(run.errors()).isZero();
        return run;
    }

    static final class Inserts {
        public static void main(String[] arguments) throws Exception {
            try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:receiver");
                    Statement statement = connection.createStatement()) {
                statement.execute("create table visit (id int)");
                try (PreparedStatement insert = connection.prepareStatement("insert into visit values (?)")) {
                    for (int id = 0; id < ROUNDS; id++) {
                        insert.setInt(1, id);
                        insert.executeUpdate();
                        Thread.sleep(50);
                    }
                }
                try (ResultSet rows = statement.executeQuery("select count(*) from visit")) {
                    rows.next();
                    System.out.println(rows.getInt(1));
                }
            }
        }
    }

    private static Path binary(String name) throws IOException {
        String folder = System.getenv(FOLDER);
        if (folder == null || !Files.isExecutable(Path.of(folder, name))) {
            NotRun.because("StockReceiverIT: no " + name + " in the folder that " + FOLDER
                    + " names; .ci/receivers fetches it from Debian's packages.");
            Assumptions.abort("no " + name);
        }
        return Path.of(String.valueOf(folder), name);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void await(BooleanSupplier condition, String what) throws InterruptedException {
        long end = System.nanoTime() + LIMIT_NANOS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for " + what).isLessThan(end);
            Thread.sleep(200);
        }
    }

    /** A receiver's process. */
    private static final class Receiver implements AutoCloseable {
        private final HttpClient http = HttpClient.newHttpClient();
        private final int port;
        private final Path log;
        private final Process process;

        Receiver(int port, String ready, Path log, String... command) throws IOException, InterruptedException {
            this.port = port;
            this.log = log;
            this.process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            await(() -> get(ready).startsWith("200"), command[0] + " to start; its log is " + log);
        }

        /** NaN while there is none. */
        double value(String query) {
            Matcher value =
                    SAMPLE.matcher(get("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)));
            return value.find() ? Double.parseDouble(value.group(1)) : Double.NaN;
        }

        private String get(String path) {
            try {
                HttpResponse<String> answer = http.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                return answer.statusCode() + " " + answer.body();
            } catch (ConnectException notYet) {
                return "not yet";
            } catch (IOException failure) {
                return failure.toString();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return "interrupted";
            }
        }

        List<String> warnings() throws IOException {
            return Files.readAllLines(log).stream()
                    .filter(line -> {
                        String lower = line.toLowerCase(Locale.ROOT);
                        return lower.contains("level=warn")
                                || lower.contains("level=error")
                                || lower.contains("\twarn\t")
                                || lower.contains("\terror\t");
                    })
                    .toList();
        }

        @Override
        public void close() {
            process.destroyForcibly();
            try {
                process.waitFor(10, TimeUnit.SECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
