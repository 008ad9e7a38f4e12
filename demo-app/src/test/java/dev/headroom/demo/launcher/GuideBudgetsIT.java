package dev.headroom.demo.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.demo.DemoApplication;
import dev.headroom.junit.PerformanceBudget;
import dev.headroom.junit.Scope;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The budgets of the five guides as tests of their services' own code, in this JVM on real PostgreSQL and Redis: {@code guide-budgets.yaml}
 * holds each scope to its counts. Scopes of the naive ways are held to being as bad as they are meant to be.
 */
@PerformanceBudget(file = "guide-budgets.yaml")
class GuideBudgetsIT {
    private static EmbeddedServers servers;
    private static OutsideServer outside;

    @BeforeAll
    static void start(@TempDir Path home) {
        servers = new EmbeddedServers(home);
        outside = new OutsideServer();
    }

    @AfterAll
    static void stop() {
        outside.close();
        servers.close();
    }

    @Test
    void petCareOfGuide000() throws Exception {
        try (Service petcare = new Service(GuideSystem.PETCARE)) {
            petcare.twice("petcare.pets-of-user", "GET", "/users/5/pets", "");
            petcare.twice("petcare.get-many", "GET", "/pets?ids=11,12,13,14,15", "");
            petcare.twice("petcare.statistics", "GET", "/pets/16/statistics", "");
            petcare.once("petcare.bulk-create-20", "POST", "/medications/17/logs?times=20", "");
            petcare.once("petcare.bulk-update-20", "POST", "/reminders", numbers(20));
            petcare.once("petcare.rename", "PUT", "/pets/18?name=Rex", "");
            long before = outside.directoryCalls();
            petcare.twice("petcare.vet-clinics", "GET", "/vet-clinics?location=Harbour", "");
            assertThat(outside.directoryCalls() - before)
                    .as("twice by the naive way, once by the other")
                    .isEqualTo(3);
        }
    }

    @Test
    void clinicOfGuide001() throws Exception {
        try (Service clinic = new Service(GuideSystem.CLINIC)) {
            clinic.once("clinic.patients", "GET", "/patients?tenant=2", "");
            clinic.once("clinic.patient-ids", "GET", "/patients/ids?tenant=2", "");
            clinic.twice("clinic.patient", "GET", "/patients/21", "");
            clinic.twice("clinic.batch", "GET", "/patients/batch?ids=22,23,24,25,26", "");
            clinic.once("clinic.appointments", "GET", "/appointments?tenant=3&day=2026-11-23", "");
        }
    }

    @Test
    void journalOfGuide002() throws Exception {
        try (Service journal = new Service(GuideSystem.JOURNAL)) {
            journal.twice("journal.list", "GET", "/journal/entries?user_id=31&page_size=20", "");
            journal.twice("journal.profile", "GET", "/profiles/32", "");
            journal.once("journal.users-10", "GET", "/users?ids=33,34,35,36,37,38,39,40,41,42", "");
            journal.ask("GET", "/optimised/profiles/43", "");
            long before = outside.modelCalls();
            journal.twice("journal.chat", "POST", "/chat", "{\"userId\":43,\"text\":\"How do I sleep better?\"}");
            assertThat(outside.modelCalls() - before)
                    .as("twice by the naive way, once by the other")
                    .isEqualTo(3);
            Scope.measure("optimised.journal.health", () -> journal.ask("GET", "/health", ""));
        }
    }

    @Test
    void tasksOfGuide003() throws Exception {
        String user = "{\"username\":\"new\",\"email\":\"new@example.org\",\"fullName\":\"New\"}";
        try (Service tasks = new Service(GuideSystem.TASKS)) {
            tasks.twice("tasks.read", "GET", "/users/51", "");
            tasks.twice("tasks.list-20", "GET", "/users?limit=20&page=2", "");
            tasks.once("tasks.by-email", "GET", "/users/by-email?email=user52@example.org", "");
            tasks.once("tasks.by-username", "GET", "/users/by-username?username=user53", "");
            tasks.once("tasks.create", "POST", "/users", user);
            tasks.once("tasks.update", "PUT", "/users/54?name=New", "");
            tasks.once("tasks.delete", "DELETE", "/users/55", "");
            tasks.once(
                    "tasks.bulk-create-100",
                    "POST",
                    "/users/bulk",
                    IntStream.range(0, 100).mapToObj(each -> user).collect(Collectors.joining(",", "[", "]")));
        }
    }

    @Test
    void studyOfGuide004() throws Exception {
        try (Service study = new Service(GuideSystem.STUDY)) {
            study.once("study.summaries", "GET", "/students/61/summaries?limit=20", "");
            study.twice("study.progress", "GET", "/progress/62", "");
            study.twice("study.profile", "GET", "/students/63", "");
            study.twice("study.practice", "GET", "/practice?subject=2&difficulty=3", "");
        }
    }

    private static String numbers(int number) {
        return IntStream.rangeClosed(1, number).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"));
    }

    /** One guide's service in this JVM, with both of its ways. */
    private static final class Service implements AutoCloseable {
        private final HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        private final ConfigurableApplicationContext context;
        private final URI address;

        Service(GuideSystem system) throws Exception {
            Neighbours neighbours = new Neighbours(
                    servers.servers().jdbcUrl(),
                    "postgres",
                    "postgres",
                    servers.servers().redis(),
                    outside.address());
            List<String> arguments = new ArrayList<>(neighbours.asArguments());
            arguments.add("--spring.profiles.active=" + system.id());
            arguments.add("--demo.outside=" + neighbours.supplier());
            arguments.add("--server.port=0");
            context = new SpringApplicationBuilder(DemoApplication.class).run(arguments.toArray(String[]::new));
            int port = ((WebServerApplicationContext) context).getWebServer().getPort();
            address = URI.create("http://127.0.0.1:" + port);
            for (String prefix : List.of("/naive", "/optimised")) { // pools and clients open their connections
                ask("GET", system.firstRequest().replace("/optimised", prefix), "");
            }
        }

        /** As often as the naive way has it, and by the optimised way. */
        void once(String scope, String method, String path, String body) {
            Scope.measure("naive." + scope, () -> ask(method, "/naive" + path, body));
            Scope.measure("optimised." + scope, () -> ask(method, "/optimised" + path, body));
        }

        /** The second time from a cache, where there is one. */
        void twice(String scope, String method, String path, String body) {
            once(scope, method, path, body);
            Scope.measure("naive." + scope + ".again", () -> ask(method, "/naive" + path, body));
            Scope.measure("optimised." + scope + ".again", () -> ask(method, "/optimised" + path, body));
        }

        void ask(String method, String path, String body) throws Exception {
            HttpRequest request = HttpRequest.newBuilder(address.resolve(path))
                    .header("Content-Type", "application/json")
                    .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                    .build();
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode() / 100)
                    .as("%s %s answered %d: %s", method, path, answer.statusCode(), answer.body())
                    .isEqualTo(2);
        }

        @Override
        public void close() {
            context.close();
        }
    }
}
