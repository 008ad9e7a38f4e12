package dev.headroom.dashboard.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.AgentSender;
import dev.headroom.dashboard.StartedDashboard;
import dev.headroom.dashboard.access.Tokens;
import dev.headroom.dashboard.budget.Change;
import dev.headroom.dashboard.budget.Verdict;
import dev.headroom.dashboard.run.RunJson;
import dev.headroom.dashboard.run.RunResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gate of a build against a dashboard with recorded data: its exit codes, runs and comparisons. */
class CheckCommandIT {
    private static final Map<String, String> PETS = Map.of(
            "http.request.method",
            "GET",
            "http.route",
            "/pets",
            "http.response.status_code",
            "200",
            "url.scheme",
            "http");
    private static final int CALLS = 20;
    private static final int WINDOWS = 12;

    @TempDir
    static Path shared;

    private static final AtomicInteger SERVICES = new AtomicInteger();

    private static StartedDashboard dashboard;

    @TempDir
    Path directory;

    /** Of this test alone. */
    private final String service = "shop-" + SERVICES.incrementAndGet();

    private String out = "";
    private String errors = "";

    @BeforeAll
    static void start() {
        dashboard = StartedDashboard.on(shared);
    }

    @AfterAll
    static void stop() {
        dashboard.close();
    }

    private int run(String... arguments) {
        ByteArrayOutputStream stdout = new ByteArrayOutputStream();
        ByteArrayOutputStream stderr = new ByteArrayOutputStream();
        int code = new CheckCommand(
                        new PrintStream(stdout, true, StandardCharsets.UTF_8),
                        new PrintStream(stderr, true, StandardCharsets.UTF_8))
                .run(Arrays.asList(arguments));
        out = stdout.toString(StandardCharsets.UTF_8);
        errors = stderr.toString(StandardCharsets.UTF_8);
        return code;
    }

    private int check(StartedDashboard at, AgentSender agent, String... more) {
        Instant to = Instant.ofEpochMilli(agent.endMillis() - AgentSender.WINDOW_MILLIS);
        List<String> arguments = new ArrayList<>(List.of(
                "check",
                "--url",
                at.url(),
                "--service",
                service,
                "--from",
                to.minusSeconds(60).toString(),
                "--to",
                to.toString()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    /** A minute of calls of that duration, which ended a while ago. */
    private AgentSender recorded(StartedDashboard at, double seconds, long ago) {
        AgentSender agent = new AgentSender(service);
        agent.endingAt(Instant.ofEpochMilli(agent.endMillis()).minusSeconds(ago));
        double[] calls = new double[CALLS];
        Arrays.fill(calls, seconds);
        for (int i = 0; i < WINDOWS; i++) {
            agent.duration(Metric.HTTP_SERVER_DURATION, PETS, calls).send(at);
        }
        return agent;
    }

    private String file(String budgets) throws IOException {
        Path file = directory.resolve("budgets.yaml");
        Files.writeString(file, "version: 1\ndefaults: { warmup: 0s }\n" + budgets);
        return file.toString();
    }

    private String list(String limits) throws IOException {
        return file("budgets:\n  - { id: list, signal: http, per: [service, route], measure: p95(duration), " + limits
                + " }\n");
    }

    private Path store() {
        return directory.resolve("store");
    }

    @Test
    void aKeptBudgetExitsWithZeroAndABrokenOneWithOne() throws IOException {
        AgentSender agent = recorded(dashboard, 0.3, 120);
        assertThat(check(dashboard, agent, "--budgets", list("target: \"< 500ms\"")))
                .as(errors + out)
                .isZero();
        assertThat(out).contains("PASS", "GET /pets", "< 500ms", "240", "every measured budget is kept");

        int code = check(
                dashboard,
                agent,
                "--budgets",
                list("target: \"< 100ms\""),
                "--report",
                "html,junit,json,md",
                "--out",
                directory.resolve("reports").toString());
        assertThat(code).as(errors + out).isEqualTo(1);
        assertThat(out).contains("FAIL", "240 of 240 requests (100 %) took 100 ms or more over 60 s");
        Path reports = directory.resolve("reports");
        assertThat(reports.resolve("performance.html")).content().contains("GET /pets", "<svg");
        assertThat(reports.resolve("TEST-headroom.xml")).content().contains("failures=\"1\"");
        assertThat(reports.resolve("performance.md")).content().contains("■ FAIL");
        RunResult result = RunJson.result(Files.readString(reports.resolve("performance.json")));
        assertThat(result.items()).singleElement().satisfies(item -> {
            assertThat(item.status()).isEqualTo(Verdict.FAIL);
            assertThat(item.n()).isEqualTo(CALLS * WINDOWS);
        });
    }

    @Test
    void aReportNamesWhoContributed() throws IOException {
        AgentSender agent = new AgentSender(service);
        agent.endingAt(Instant.ofEpochMilli(agent.endMillis()).minusSeconds(120));
        double[] calls = new double[CALLS];
        Arrays.fill(calls, 0.3);
        Map<String, String> owners = new HashMap<>(PETS);
        owners.put("http.route", "/owners");
        for (int i = 0; i < WINDOWS; i++) {
            agent.duration(Metric.HTTP_SERVER_DURATION, PETS, calls)
                    .duration(Metric.HTTP_SERVER_DURATION, owners, new double[CALLS])
                    .send(dashboard);
        }
        String whole = file("budgets:\n  - { id: all, signal: http, measure: p95(duration), target: \"< 100ms\" }\n");
        Path reports = directory.resolve("causes");
        assertThat(check(dashboard, agent, "--budgets", whole, "--report", "html,json", "--out", reports.toString()))
                .as(errors + out)
                .isEqualTo(1);
        assertThat(reports.resolve("performance.html"))
                .content()
                .contains("route <b><bdi>GET /pets</bdi></b>: 240 of 240 bad, 228.0 beyond its share")
                .doesNotContain("<bdi>GET /owners</bdi></b>");
        RunResult result = RunJson.result(Files.readString(reports.resolve("performance.json")));
        assertThat(result.items().get(0).contributors())
                .containsExactly(new RunResult.Contributor("route", "GET /pets", 240, 240, 228));
    }

    @Test
    void aWarningStopsTheBuildOnlyWhenAsked() throws IOException {
        AgentSender agent = recorded(dashboard, 0.3, 120);
        String budgets = list("target: \"< 100ms\", acceptable: \"< 1s\"");
        assertThat(check(dashboard, agent, "--budgets", budgets))
                .as(errors + out)
                .isZero();
        assertThat(out).contains("WARN");
        assertThat(check(dashboard, agent, "--budgets", budgets, "--fail-on", "warn"))
                .isEqualTo(1);
    }

    @Test
    void nothingMeasuredIsNeverAPass() throws IOException {
        recorded(dashboard, 0.01, 120);
        int code = run(
                "check",
                "--url",
                dashboard.url(),
                "--service",
                service,
                "--from",
                "2026-01-01T00:00:00Z",
                "--to",
                "2026-01-01T00:10:00Z",
                "--budgets",
                list("target: \"< 1s\""));
        assertThat(code).as(errors + out).isEqualTo(3);
        assertThat(out).contains("NO DATA: ", "nothing was measured", "reported nothing between");
    }

    @Test
    void whatMustHaveDataAndHasNoneExitsWithThree() throws IOException {
        AgentSender agent = recorded(dashboard, 0.01, 120);
        String both = file("""
                budgets:
                  - { id: list, signal: http, measure: p95(duration), target: "< 1s" }
                  - { id: sql, signal: db, measure: p95(duration), target: "< 1s", no_data: fail }
                """);
        assertThat(check(dashboard, agent, "--budgets", both)).as(errors + out).isEqualTo(3);
        String load = file("""
                tests:
                  load:
                    - { id: l-p95, signal: http, measure: p95(duration), target: "< 1s", min_samples: 100 }
                """);
        assertThat(check(dashboard, agent, "--budgets", load, "--run", "nightly"))
                .as(errors + out)
                .isZero();
        assertThat(out).contains("l-p95", "(nightly)");
        assertThat(check(dashboard, agent, "--budgets", load)).isEqualTo(3);
    }

    @Test
    void wrongFilesAndArgumentsExitWithTwo() throws IOException {
        String wrong = file("budgets:\n  - { id: list, signal: http, measure: p95(duration), target: \"< 100\" }\n");
        assertThat(run("check", "--service", service, "--budgets", wrong)).isEqualTo(2);
        assertThat(errors).contains(wrong + ":4:", "found \"< 100\"", "expected");
        assertThat(run("validate", wrong)).isEqualTo(2);
        assertThat(errors).contains(wrong + ":4:");
        assertThat(run("validate", list("target: \"< 100ms\""))).isZero();
        assertThat(out).contains("1 live, 0 test and 0 load budgets");
        assertThat(run("check", "--sevrice", service)).isEqualTo(2);
        assertThat(errors).contains("Found --sevrice", "--service <name>");
        assertThat(run("check", "--service", service, "--report", "pdf")).isEqualTo(2);
        assertThat(run("check", "--service", service, "--fail-on", "never")).isEqualTo(2);
        assertThat(run("check", "--service")).isEqualTo(2);
        recorded(dashboard, 0.01, 120);
        assertThat(run("check", "--url", dashboard.url(), "--service", "shpo")).isEqualTo(2);
        assertThat(errors).contains("Unknown service", service);
        assertThat(run("check", "--url", dashboard.url(), "--service", service, "--from", "yesterday"))
                .isEqualTo(2);
        assertThat(run("check", "--url", dashboard.url(), "--service", service, "--baseline", "run:none"))
                .isEqualTo(2);
        assertThat(errors).contains("No such baseline");
    }

    @Test
    void whatIsNotThereExitsWithFour() {
        assertThat(run("check", "--url", "http://127.0.0.1:1", "--service", service))
                .isEqualTo(4);
        assertThat(errors).contains("http://127.0.0.1:1 does not answer");
        assertThat(run(
                        "check",
                        "--service",
                        service,
                        "--budgets",
                        directory.resolve("absent.yaml").toString()))
                .isEqualTo(4);
        assertThat(errors).contains("absent.yaml");
    }

    @Test
    void aRunIsComparedWithLaterWhenItsDataHaveLeftTheStore() throws IOException {
        String load = file("""
                tests:
                  load:
                    - id: slower
                      signal: http
                      per: [service, route]
                      measure: p95(duration)
                      compare: { to: run:main }
                      target: "<= +10%"
                      acceptable: "<= +25%"
                """);
        try (StartedDashboard own = StartedDashboard.on(store())) {
            AgentSender agent = recorded(own, 0.02, 120);
            assertThat(check(own, agent, "--budgets", load, "--run", "main", "--label", "commit=3f2a9c1"))
                    .as("there is no run to compare with yet: %s%s", errors, out)
                    .isEqualTo(3);
            assertThat(out).contains("no finished run of " + service + " is called main");
        }
        forgetMeasurements();
        try (StartedDashboard own = StartedDashboard.on(store())) {
            AgentSender slow = recorded(own, 0.08, 120);
            assertThat(check(own, slow, "--budgets", load, "--run", "pr-42"))
                    .as(errors + out)
                    .isEqualTo(1);
            assertThat(out).contains("slower", "+300 %");
            String live = list("target: \"< 100ms\"");
            int code = check(
                    own,
                    slow,
                    "--budgets",
                    live,
                    "--baseline",
                    "run:main",
                    "--report",
                    "json,html",
                    "--out",
                    directory.toString());
            assertThat(code).as(errors + out).isZero();
            assertThat(out).contains("BEFORE", "+300 %, worse");
            RunResult result = RunJson.result(Files.readString(directory.resolve("performance.json")));
            Change change = result.items().get(0).change();
            assertThat(change.verdict()).isEqualTo(Change.Direction.WORSE);
            assertThat(result.pictures().get(0).before()).isNotEmpty();
            assertThat(own.client()
                            .get()
                            .uri("/api/v1/runs?service=" + service)
                            .exchange()
                            .expectStatus()
                            .isOk()
                            .returnResult(String.class)
                            .getResponseBody()
                            .blockFirst())
                    .contains("3f2a9c1", "pr-42");
        }
    }

    /** Everything but settings, incidents and runs. */
    private void forgetMeasurements() throws IOException {
        try (Stream<Path> files = Files.list(store())) {
            for (Path file : files.toList()) {
                if (!file.getFileName().toString().startsWith("state.db")) {
                    Files.delete(file);
                }
            }
        }
    }

    @Test
    void aRunThatWasBegunEndsWithTheCheck() throws IOException {
        String budgets = list("target: \"< 1s\"");
        assertThat(run("run", "start", "--url", dashboard.url(), "--service", service, "--name", "nightly"))
                .as(errors)
                .isZero();
        String id = out.strip();
        assertThat(id).matches("r-[0-9a-f]{12}");
        // As if it came while the run went on: the windows end a little later.
        AgentSender agent = recorded(dashboard, 0.01, -60);
        ScheduledExecutorService reporting = Executors.newSingleThreadScheduledExecutor();
        try {
            ScheduledFuture<?> unused = reporting.scheduleAtFixedRate(
                    () -> agent.gauge(Metric.JVM_THREADS, Map.of(), 12).send(dashboard), 0, 200, TimeUnit.MILLISECONDS);
            assertThat(run("check", "--url", dashboard.url(), "--run", id, "--budgets", budgets))
                    .isIn(0, 3);
        } finally {
            reporting.shutdownNow();
        }
        assertThat(out).contains("run " + id + " (nightly)");
        assertThat(run("check", "--url", dashboard.url(), "--run", id, "--budgets", budgets))
                .isEqualTo(2);
        assertThat(errors).contains("The run is finished");
        assertThat(run("check", "--url", dashboard.url(), "--run", "r-000000000000"))
                .isEqualTo(2);
        assertThat(errors).contains("No such run");
    }

    @Test
    void aTokenOfScopeCheckIsEnoughAndOneThatReadsIsNot() throws IOException {
        try (StartedDashboard own = StartedDashboard.on(store(), "--headroom.token=master-secret")) {
            Tokens tokens = own.bean(Tokens.class);
            String build = tokens.create("check", null, "ci", "test").text();
            String reader = tokens.create("read", null, "", "test").text();
            String budgets = list("target: \"< 1s\"");
            assertThat(run("check", "--url", own.url(), "--service", service, "--token", build))
                    .isEqualTo(2);
            assertThat(errors).contains("Unknown service").doesNotContain("--fail-on");
            assertThat(run("check", "--url", own.url(), "--service", service, "--budgets", budgets))
                    .isEqualTo(2);
            assertThat(errors).contains("401", "--token");
            assertThat(run("check", "--url", own.url(), "--service", service, "--token", reader))
                    .isEqualTo(2);
            assertThat(errors).contains("403");
            own.client(build)
                    .get()
                    .uri("/api/v1/tokens")
                    .exchange()
                    .expectStatus()
                    .isForbidden();
        }
    }

    @Test
    void theStatusOverHttpSaysTheSame() {
        AgentSender agent = recorded(dashboard, 0.3, 120);
        Instant to = Instant.ofEpochMilli(agent.endMillis() - AgentSender.WINDOW_MILLIS);
        String range = "/api/v1/check?service=" + service + "&from=" + to.minusSeconds(60) + "&to=" + to;
        String head =
                "version: 1\ndefaults: { warmup: 0s }\nbudgets:\n  - { id: a, signal: http, measure: p95(duration), target: ";
        assertThat(status(dashboard, range, head + "\"< 1s\" }")).isEqualTo(200);
        assertThat(status(dashboard, range, head + "\"< 100ms\" }")).isEqualTo(422);
        assertThat(status(dashboard, range, head + "\"< 1s\", where: { route: \"GET /none\" } }"))
                .isEqualTo(424);
        assertThat(status(dashboard, range, head + "\"< 1\" }")).isEqualTo(400);
        dashboard
                .client()
                .get()
                .uri(range)
                .exchange()
                .expectBody()
                .jsonPath("$.items")
                .isNotEmpty();
    }

    private static int status(StartedDashboard at, String path, String yaml) {
        return at.client()
                .post()
                .uri(path)
                .header("Content-Type", "application/yaml")
                .bodyValue(yaml)
                .exchange()
                .returnResult(byte[].class)
                .getStatus()
                .value();
    }
}
