package dev.headroom.demo.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.demo.load.GuideMixes;
import dev.headroom.demo.load.OpenLoad;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** One switch at run time, by the button's own request, and whether it helped: in the API and on the page Compare. */
class SwitchIT {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String LIST = "GET /api/journal/entries";
    private static final long ENOUGH = 40;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void compareShowsWhatASwitchAtRunTimeBrought(@TempDir Path home) throws Exception {
        DemoOptions options = new DemoOptions(
                0, 0, Optional.empty(), false, 1, 1, Jars.AGENT, Jars.DASHBOARD, Jars.SERVICE, home.resolve("stage"));
        try (Stage stage = new Stage(options)) {
            RunningSystem journal = start(stage);
            SwitchPage ignored = stage.startSwitch(List.of(journal));
            try (OpenLoad load =
                    OpenLoad.start(journal.address(), GuideMixes.of(GuideSystem.JOURNAL.id(), "/api"), 8, 3)) {
                await(journal, "/api/v1/routes?service=journal", routes -> count(routes) >= ENOUGH);
                assertThat(page(stage.serviceAddress()))
                        .contains("are NAIVE", "<form method=\"post\" action=\"/mode?to=OPTIMISED\">");
                assertThat(press(stage.serviceAddress().resolve("/mode?to=OPTIMISED")))
                        .isEqualTo(303);
                assertThat(page(stage.serviceAddress())).contains("are OPTIMISED");
                await(
                        journal,
                        "/api/v1/compare?service=journal&epoch=optimised",
                        comparison ->
                                row(comparison).path("verdict").asString("").equals("better"));
                assertThat(load.failed()).isZero();
            }
            JsonNode list = row(journal.dashboard().get("/api/v1/compare?service=journal&epoch=optimised"));
            assertThat(list.path("before").path("statements").asDouble()).isEqualTo(2);
            assertThat(list.path("after").path("statements").asDouble()).isLessThanOrEqualTo(1);
            assertThat(list.path("medianChange").asDouble()).isNegative();
            assertThat(page(stage.dashboardAddress().resolve("/compare?service=journal")))
                    .contains("deploy optimised", LIST, "better", "2 →");
        }
    }

    private static RunningSystem start(Stage stage) throws InterruptedException {
        Databases.Postgres postgres = stage.startPostgres();
        Databases.Redis redis = stage.startRedis();
        OutsideServer outside = stage.startOutside();
        stage.startDashboard();
        int port = Ports.free();
        RunningSystem journal = new RunningSystem(
                GuideSystem.JOURNAL,
                URI.create("http://127.0.0.1:" + port),
                stage.launchSystem(
                        GuideSystem.JOURNAL,
                        Neighbours.of(postgres, redis, outside.address()),
                        outside.address(),
                        port),
                new DashboardApi(stage.dashboardAddress(), GuideSystem.JOURNAL.id()));
        stage.awaitSystem(journal);
        return journal;
    }

    private interface Wish {
        boolean holds(JsonNode answer);
    }

    /** The answer may be refused for as long as there is nothing to tell. */
    private static void await(RunningSystem system, String path, Wish wish) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String last = "";
        while (System.nanoTime() < deadline) {
            try {
                JsonNode answer = system.dashboard().get(path);
                if (wish.holds(answer)) {
                    return;
                }
                last = answer.toString();
            } catch (IOException notYet) {
                last = String.valueOf(notYet.getMessage());
            }
            TimeUnit.SECONDS.sleep(1);
        }
        throw new AssertionError(path + " did not come to it: " + last);
    }

    private static long count(JsonNode routes) {
        for (JsonNode route : routes.path("items")) {
            if (route.path("name").asString("").equals(LIST)) {
                return route.path("count").asLong();
            }
        }
        return 0;
    }

    private static JsonNode row(JsonNode comparison) {
        for (JsonNode row : comparison.path("routes")) {
            if (row.path("name").asString("").equals(LIST)) {
                return row;
            }
        }
        return comparison.path("none");
    }

    private String page(URI address) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                .body();
    }

    private int press(URI address) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(address).POST(BodyPublishers.noBody()).build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }
}
