package dev.headroom.demo.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.demo.load.GuideMixes;
import dev.headroom.demo.load.LoadCounts;
import dev.headroom.demo.load.LoadPlan;
import dev.headroom.demo.load.LoadRun;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The services of the five guides by themselves, on real PostgreSQL and Redis. */
class GuidesIT {
    /** Where the naive way has no connection to spare, and where the model fails and nobody makes up for it. */
    private static final Set<String> FAILING_ON_PURPOSE =
            Set.of("POST /naive/users", "POST /naive/users/bulk", "POST /naive/chat");

    /** Reads that must come to the same whichever way they are done. */
    private static final Map<GuideSystem, List<String>> TWINS = Map.of(
            GuideSystem.PETCARE,
                    List.of(
                            "/users/7/pets",
                            "/pets/8",
                            "/pets?ids=9,10,11",
                            "/pets/12/records?month=2025-12-01",
                            "/pets/13/statistics",
                            "/pets/14/appointments",
                            "/vet-clinics?location=Seattle",
                            "/vet-clinics/around?locations=Seattle,Portland"),
            GuideSystem.CLINIC,
                    List.of(
                            "/patients/ids?tenant=3",
                            "/patients/14?fields=id,name",
                            "/patients/15",
                            "/patients/batch?ids=16,17",
                            "/appointments/next?tenant=3",
                            "/dashboard/stats?tenant=4"),
            GuideSystem.JOURNAL,
                    List.of(
                            "/journal/entries?user_id=5&page=2",
                            "/profiles/6",
                            "/users?ids=7,8,9",
                            "/conversations/10"),
            GuideSystem.TASKS,
                    List.of(
                            "/users/11",
                            "/users/by-email?email=user12@example.org",
                            "/users/by-username?username=user13",
                            "/users/14/preferences",
                            "/users/15/open-tasks"),
            GuideSystem.STUDY, List.of("/progress/15", "/students/16/ratings/2", "/subjects/17", "/students/18"));

    private static final JsonMapper JSON = new JsonMapper();

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

    @ParameterizedTest
    @EnumSource
    void bothWaysAnswerTheSameAndFailOnlyWhereTheyAreMeantTo(GuideSystem system, @TempDir Path home) throws Exception {
        try (GuideService service = new GuideService(system, home, neighbours())) {
            for (String path : TWINS.getOrDefault(system, List.of())) {
                JsonNode naive = answer(service, "/naive" + path);
                assertThat(answer(service, "/optimised" + path)).as(path).isEqualTo(naive);
                assertThat(answer(service, "/optimised" + path))
                        .as(path + ", cached")
                        .isEqualTo(naive);
            }
            for (String prefix : List.of("/naive", "/optimised")) {
                LoadRun run =
                        LoadRun.start(service.address(), GuideMixes.of(system.id(), prefix), new LoadPlan(3, 5, 0, 60));
                run.await();
                LoadCounts counts = run.counts();
                assertThat(counts.failed()).isZero();
                assertThat(counts.answered()).isGreaterThanOrEqualTo(180);
                assertThat(counts.answers().keySet())
                        .filteredOn(route -> counts.serverErrors(route) > 0)
                        .isSubsetOf(FAILING_ON_PURPOSE);
            }
        }
    }

    @Test
    void theSwitchTakesEffectWithTheNextRequest(@TempDir Path home) throws Exception {
        try (GuideService service = new GuideService(GuideSystem.JOURNAL, home, neighbours())) {
            assertThat(answer(service, "/api/journal/entries?user_id=20")
                            .path("total")
                            .asLong())
                    .isEqualTo(150);
            long before = outside.modelCalls();
            String message = "{\"userId\":20,\"text\":\"How do I sleep better?\"}";
            assertThat(chat(service, message)).isEqualTo("miss");
            assertThat(chat(service, message)).isEqualTo("miss");
            assertThat(service.send("POST", "/mode?to=OPTIMISED", "").statusCode())
                    .isEqualTo(200);
            assertThat(chat(service, message)).isEqualTo("miss");
            assertThat(chat(service, message)).isEqualTo("hit");
            assertThat(outside.modelCalls() - before).isEqualTo(3);
        }
    }

    @Test
    void pagesByCursorShowEveryEntryOnceAndAnswersAreValidatedAndCompressed(@TempDir Path home) throws Exception {
        try (GuideService service = new GuideService(GuideSystem.JOURNAL, home, neighbours())) {
            List<Long> ids = new ArrayList<>();
            String cursor = "253402214400000000_9223372036854775807";
            while (!cursor.isEmpty()) {
                JsonNode page = answer(service, "/optimised/journal/entries?user_id=30&page_size=40&cursor=" + cursor);
                page.path("items").forEach(entry -> ids.add(entry.path("id").asLong()));
                cursor = page.path("next_cursor").asString("");
                assertThat(page.path("has_more").asBoolean()).isEqualTo(!cursor.isEmpty());
            }
            assertThat(ids).hasSize(150).doesNotHaveDuplicates();

            String list = "/optimised/journal/entries?user_id=31";
            HttpResponse<String> first = service.get(list, "Accept-Encoding", "gzip");
            assertThat(first.headers().firstValue("Content-Encoding")).contains("gzip");
            HttpResponse<String> plain = service.get(list);
            assertThat(first.body().length())
                    .as("60 to 80 % fewer bytes, of " + plain.body().length())
                    .isLessThan(plain.body().length() * 40 / 100);
            String tag = plain.headers().firstValue("ETag").orElseThrow();
            assertThat(service.get(list, "If-None-Match", tag).statusCode()).isEqualTo(304);
        }
    }

    @Test
    void withoutRedisEveryServiceStillAnswers(@TempDir Path home) throws Exception {
        Neighbours withoutRedis = new Neighbours(
                servers.servers().jdbcUrl(),
                "postgres",
                "postgres",
                URI.create("redis://127.0.0.1:" + Ports.free()),
                outside.address());
        try (GuideService service = new GuideService(GuideSystem.PETCARE, home, withoutRedis)) {
            assertThat(answer(service, "/optimised/pets/1")).isEqualTo(answer(service, "/naive/pets/1"));
            assertThat(answer(service, "/optimised/pets?ids=2,3")).hasSize(2);
            long before = outside.directoryCalls();
            answer(service, "/optimised/vet-clinics?location=Nowhere");
            answer(service, "/optimised/vet-clinics?location=Nowhere");
            assertThat(outside.directoryCalls() - before)
                    .as("the second from memory")
                    .isEqualTo(1);
        }
        try (GuideService service = new GuideService(GuideSystem.JOURNAL, home, withoutRedis)) {
            assertThat(answer(service, "/optimised/profiles/1")).isEqualTo(answer(service, "/naive/profiles/1"));
            JsonNode health = answer(service, "/health/detailed");
            assertThat(health.path("status").asString()).isEqualTo("degraded");
            assertThat(health.path("redis").path("status").asString()).isEqualTo("unhealthy");
            assertThat(health.path("database").path("status").asString()).isEqualTo("healthy");
        }
        try (GuideService service = new GuideService(GuideSystem.TASKS, home, withoutRedis)) {
            assertThat(answer(service, "/optimised/users/1")).isEqualTo(answer(service, "/naive/users/1"));
        }
    }

    @Test
    void aSlowDirectoryOfClinicsIsGivenUpOnAndHurtsNothingElse(@TempDir Path home) throws Exception {
        try (GuideService service = new GuideService(GuideSystem.PETCARE, home, neighbours(), "--demo.patience=1s")) {
            JsonNode known = answer(service, "/optimised/vet-clinics?location=Known");
            outside.slower(TimeUnit.MINUTES.toMillis(1));
            try {
                assertThat(service.get("/naive/vet-clinics?location=Known").statusCode())
                        .isEqualTo(503);
                assertThat(service.get("/optimised/vet-clinics?location=New").statusCode())
                        .isEqualTo(503);
                assertThat(answer(service, "/optimised/vet-clinics?location=Known"))
                        .isEqualTo(known);
                assertThat(service.get("/optimised/pets/1").statusCode()).isEqualTo(200);
            } finally {
                outside.slower(0);
            }
        }
    }

    @Test
    void aDatabaseThatGoesAwayIsToldByTheHealthCheckAndComesBack(@TempDir Path home, @TempDir Path data)
            throws Exception {
        try (EmbeddedServers own = new EmbeddedServers(data);
                Breakable wire = new Breakable(own.servers().jdbcUrl())) {
            Neighbours wired = new Neighbours(
                    wire.jdbcUrl(), "postgres", "postgres", own.servers().redis(), outside.address());
            try (GuideService service = new GuideService(
                    GuideSystem.JOURNAL,
                    home,
                    wired,
                    "--spring.datasource.hikari.connection-timeout=1000",
                    "--spring.datasource.hikari.validation-timeout=500")) {
                assertThat(answer(service, "/health").path("status").asString()).isEqualTo("healthy");
                answer(service, "/optimised/profiles/40");
                wire.cut();
                assertThat(answer(service, "/health").path("status").asString()).isEqualTo("unhealthy");
                assertThat(service.get("/optimised/profiles/41").statusCode()).isEqualTo(500);
                assertThat(service.get("/optimised/profiles/40").statusCode())
                        .as("cached")
                        .isEqualTo(200);
                wire.mend();
                assertThat(answer(service, "/health").path("status").asString()).isEqualTo("healthy");
                assertThat(service.get("/optimised/profiles/41").statusCode()).isEqualTo(200);
            }
        }
    }

    private static Neighbours neighbours() {
        return new Neighbours(
                servers.servers().jdbcUrl(),
                "postgres",
                "postgres",
                servers.servers().redis(),
                outside.address());
    }

    private static String chat(GuideService service, String message) throws Exception {
        HttpResponse<String> reply = service.send("POST", "/api/chat", message);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        return reply.headers().firstValue("X-Cache").orElse("");
    }

    private static JsonNode answer(GuideService service, String path) throws Exception {
        HttpResponse<String> answer = service.get(path);
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }
}
