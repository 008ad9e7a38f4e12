package dev.headroom.demo.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.demo.load.Ask;
import dev.headroom.demo.load.Burst;
import dev.headroom.demo.load.GuideMixes;
import dev.headroom.demo.load.OpenLoad;
import dev.headroom.demo.load.Timings;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What Advice says of the running services of all five guides: each fault that is planted in a naive way, at the very line, and nothing
 * of their optimised twins. Ends when all is found, after {@value #SHORT} at least; {@code -Ddemo.advice.for=PT30M} goes on for longer.
 */
class AdviceIT {
    private static final String SHORT = "PT45S";
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int PER_SECOND = 2;

    /** Many more at once than the two connections can serve within a second. */
    private static final int WRITERS = 40;

    private final List<OpenLoad> loads = new ArrayList<>();

    @Test
    void namesEachPlantedFaultByItsLineAndNothingOfTheOptimisedTwins(@TempDir Path home) throws Exception {
        DemoOptions options = new DemoOptions(
                0, 0, Optional.empty(), false, 1, 1, Jars.AGENT, Jars.DASHBOARD, Jars.SERVICE, home.resolve("stage"));
        List<PlantedFault> planted = PlantedFault.all();
        List<PlantedFault> repaired = PlantedFault.repaired();
        assertThat(planted)
                .hasSizeGreaterThan(30)
                .extracting(PlantedFault::service)
                .contains("petcare", "clinic", "journal", "tasks", "study");
        assertThat(repaired).isNotEmpty();
        long atLeast =
                Duration.parse(System.getProperty("demo.advice.for", SHORT)).toNanos();
        Set<String> wrong = new LinkedHashSet<>();
        Set<PlantedFault> missing = new LinkedHashSet<>(planted);
        Set<String> all = new LinkedHashSet<>();
        try (Stage stage = new Stage(options)) {
            List<RunningSystem> systems = start(stage);
            long start = System.nanoTime();
            while (System.nanoTime() - start < Math.max(atLeast, missing.isEmpty() ? 0 : PATIENCE.toNanos())) {
                writeAtOnce(systems, missing);
                TimeUnit.SECONDS.sleep(5); // the load itself
                all.clear();
                for (RunningSystem system : systems) {
                    String service = system.system().id();
                    for (JsonNode finding : findings(system)) {
                        all.add(service + ": " + finding);
                        missing.removeIf(fault -> fault.service().equals(service) && fault.isFoundBy(finding));
                        if (isOfATwin(finding)
                                || repaired.stream()
                                        .anyMatch(twin -> twin.service().equals(service) && twin.isFoundBy(finding))) {
                            wrong.add(service + ": " + finding);
                        }
                    }
                }
            }
        } finally {
            loads.forEach(OpenLoad::close);
        }
        assertThat(missing)
                .as("not found at the line, among\n%s", String.join("\n", all))
                .isEmpty();
        assertThat(wrong).as("found where it was repaired").isEmpty();
        assertThat(loads).allSatisfy(load -> assertThat(load.timings()).isNotEmpty());
        loads.forEach(load -> load.timings().forEach(AdviceIT::mostlyAnswered));
    }

    /** A route that fails raises no finding either. The crowd of writers takes the tasks' small pool for a moment. */
    private static void mostlyAnswered(String route, Timings timings) {
        long wrong = timings.serverErrors() + timings.clientErrors() + timings.unanswered();
        assertThat(2 * wrong).as("%d wrong answers of %s", wrong, route).isLessThanOrEqualTo(timings.count());
    }

    private List<RunningSystem> start(Stage stage) throws InterruptedException {
        Databases.Postgres postgres = stage.startPostgres();
        Databases.Redis redis = stage.startRedis();
        OutsideServer outside = stage.startOutside();
        ChildJvm dashboard = stage.launchDashboard(plans(postgres));
        List<RunningSystem> systems =
                stage.launchSystems(Neighbours.of(postgres, redis, outside.address()), outside.address());
        stage.awaitHealthy(dashboard);
        for (RunningSystem system : systems) {
            stage.awaitSystem(system);
            for (String prefix : List.of("/naive", "/optimised")) {
                loads.add(OpenLoad.start(
                        system.address(), GuideMixes.of(system.system().id(), prefix), PER_SECOND, 7));
            }
        }
        return systems;
    }

    /** The dashboard may ask the tasks' database for the plans of nearly all statements. */
    private static String[] plans(Databases.Postgres postgres) {
        String database = "--headroom.plans.databases[0].";
        return new String[] {
            "--headroom.plans.slow=1ms",
            database + "service=tasks",
            database + "url=" + postgres.jdbcUrl() + "?currentSchema=tasks",
            database + "user=postgres",
            database + "password=postgres"
        };
    }

    /** The small pool of the tasks runs out only when many write at once. */
    private static void writeAtOnce(List<RunningSystem> systems, Set<PlantedFault> missing)
            throws InterruptedException {
        boolean wanted = missing.stream().anyMatch(fault -> fault.kind().equals("pool-exhaustion"));
        for (RunningSystem system : systems) {
            if (wanted && system.system() == GuideSystem.TASKS) {
                String user = "{\"username\":\"crowd\",\"email\":\"crowd@example.org\",\"fullName\":\"Crowd\"}";
                Burst.run(system.address(), WRITERS, WRITERS, number -> Ask.post("/naive/users", user));
            }
        }
    }

    /** Nothing when a busy machine takes too long: it is asked again. */
    private static JsonNode findings(RunningSystem system) throws Exception {
        try {
            return system.dashboard()
                    .get("/api/v1/findings?service=" + system.system().id())
                    .path("items");
        } catch (HttpTimeoutException busy) {
            return JsonNodeFactory.instance.arrayNode();
        }
    }

    private static boolean isOfATwin(JsonNode finding) {
        return finding.path("route").asString("").contains(" /optimised/")
                || finding.path("caller").asString("").startsWith("Optimised");
    }
}
