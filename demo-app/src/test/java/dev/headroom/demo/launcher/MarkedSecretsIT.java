package dev.headroom.demo.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Some two hundred marked secrets go through an application with the agent at its defaults: in SQL, keys, addresses, headers, bodies,
 * messages and passwords. Then every byte that left the agent is looked at, every file of the dashboard, its log, its API and its pages.
 */
class MarkedSecretsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int MOST_PAGES = 400;
    private static final String SERVICE = "secrets";
    private static final Pattern LINK = Pattern.compile("(?:href|src|action)=\"(/[^\"#]*)");
    private static final List<String> API = List.of(
            "services",
            "budgets",
            "routes",
            "queries",
            "caches",
            "pools",
            "calls",
            "examples?limit=300",
            "findings",
            "instances",
            "incidents",
            "plans",
            "economics",
            "health",
            "limits");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    @Test
    void noSecretLeavesTheAgentOrLiesInTheDashboard(@TempDir Path home) throws Exception {
        DemoOptions options = new DemoOptions(
                0, 0, Optional.empty(), false, 1, 1, Jars.AGENT, Jars.DASHBOARD, Jars.SERVICE, home.resolve("stage"));
        Map<String, String> secrets;
        Map<String, String> seen = new LinkedHashMap<>();
        try (EmbeddedServers embedded = new EmbeddedServers(home.resolve("postgres"));
                Stage stage = new Stage(options)) {
            ChildJvm dashboard = stage.startDashboard();
            try (Overheard wire = new Overheard(stage.dashboardAddress())) {
                Path marks = home.resolve("marks");
                ChildJvm program = program(home, embedded.servers(), wire.address(), marks);
                awaitEnd(program, marks);
                secrets = marks(marks);
                DashboardApi api = new DashboardApi(stage.dashboardAddress(), SERVICE);
                awaitArrival(api);
                program.close(); // sends its last window
                crawl(stage.dashboardAddress(), seen);
                wire.bodies().forEach(seen::put);
                seen.put("the agent's lines", agentLines(program.log()));
            }
            seen.put("the dashboard's log", Files.readString(dashboard.log()));
            dashboard.close();
        }
        files(home.resolve("stage"), seen);

        assertThat(secrets).hasSizeGreaterThan(200);
        assertThat(seen.keySet())
                .as("what was looked at")
                .anyMatch(name -> name.startsWith("/v1/logs"))
                .anyMatch(name -> name.startsWith("/v1/metrics"))
                .anyMatch(name -> name.startsWith("/examples/"))
                .anyMatch(name -> name.endsWith(".db"));
        assertThat(String.join("\n", seen.values()))
                .as("that the application was really measured")
                .contains("SELECT id FROM zoo WHERE name = ?")
                .contains("GET /accounts/{iban}")
                .contains("session:{token}");
        assertThat(found(secrets, seen)).isEmpty();
    }

    private static List<String> found(Map<String, String> secrets, Map<String, String> seen) {
        List<String> found = new ArrayList<>();
        seen.forEach((where, text) -> {
            String lower = text.toLowerCase(Locale.ROOT);
            secrets.forEach((place, secret) -> {
                int at = lower.indexOf(secret.toLowerCase(Locale.ROOT));
                if (at >= 0) {
                    found.add(place + " in " + where + ": "
                            + text.substring(Math.max(0, at - 60), Math.min(text.length(), at + 60)));
                }
            });
        });
        return found;
    }

    private static ChildJvm program(Path home, Servers servers, URI dashboard, Path marks) {
        return ChildJvm.startProgram(
                SERVICE,
                home,
                Map.of(),
                List.of(
                        "-Xmx384m",
                        "-XX:TieredStopAtLevel=1",
                        "-Dsecrets.jdbc=" + servers.jdbcUrl(),
                        "-Dsecrets.redis=" + servers.redis(),
                        "-javaagent:%s=endpoint=%s,service.name=%s".formatted(Jars.AGENT, dashboard, SERVICE)),
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.headroom.secrets.SecretsProgram",
                        marks.toString()));
    }

    private static void awaitEnd(ChildJvm program, Path marks) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(marks)) {
            if (!program.alive()) {
                throw program.ended();
            }
            assertThat(System.nanoTime()).as("the program took too long").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** Until the requests that failed last have arrived; all else comes when the program ends. */
    private static void awaitArrival(DashboardApi api) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!api.get("/api/v1/services").toString().contains('"' + SERVICE + '"')
                || !api.get("/api/v1/routes?service=" + SERVICE).toString().contains("/fail/database")
                || api.get("/api/v1/examples?service=" + SERVICE + "&reason=failed")
                        .path("items")
                        .isEmpty()) {
            assertThat(System.nanoTime()).as("nothing came").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private static Map<String, String> marks(Path file) throws IOException {
        Map<String, String> marks = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            marks.put(line.substring(0, line.indexOf('\t')), line.substring(line.indexOf('\t') + 1));
        }
        return marks;
    }

    /** Of the rest of its log the application is the author. */
    private static String agentLines(Path log) throws IOException {
        return Files.readAllLines(log).stream()
                .filter(line -> line.startsWith("Headroom: "))
                .collect(Collectors.joining("\n"));
    }

    /** Every page that can be reached from the board, and the API's lists. */
    private void crawl(URI dashboard, Map<String, String> seen) throws Exception {
        Deque<String> next = new ArrayDeque<>();
        Set<String> known = new LinkedHashSet<>();
        for (String list : API) {
            String path = "/api/v1/" + list + (list.contains("?") ? "&" : "?") + "service=" + SERVICE;
            seen.put(path, get(dashboard, path));
        }
        next.add("/");
        while (!next.isEmpty() && seen.size() < MOST_PAGES) {
            String path = next.poll();
            String page = get(dashboard, path);
            seen.put(path, page);
            Matcher link = LINK.matcher(page);
            while (link.find()) {
                String target = link.group(1).replace("&amp;", "&");
                boolean unknown = known.add(target);
                // Lists sorted and cut in all ways are many: what they lead to comes first.
                if (unknown && target.startsWith("/examples/")) {
                    next.addFirst(target);
                } else if (unknown) {
                    next.addLast(target);
                }
            }
        }
    }

    private String get(URI dashboard, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(dashboard.resolve(path))
                .timeout(Duration.ofSeconds(20))
                .build();
        HttpResponse<Stream<String>> answer = http.send(request, BodyHandlers.ofLines());
        try (Stream<String> lines = answer.body()) {
            return path.startsWith("/live/") ? "" : lines.collect(Collectors.joining("\n"));
        }
    }

    /** What the dashboard keeps, byte by byte. */
    private static void files(Path folder, Map<String, String> seen) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                seen.put(file.toString(), new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
            }
        }
    }
}
