package dev.headroom.demo.launcher;

import dev.headroom.demo.launcher.GuideFigure.Measured;
import dev.headroom.demo.load.Ask;
import dev.headroom.demo.load.Burst;
import dev.headroom.demo.load.GuideMixes;
import dev.headroom.demo.load.OpenLoad;
import dev.headroom.demo.load.Timings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/**
 * The guides' tables of before and after, measured: all services naive, then all optimised, under the same requests at the same
 * rate. Counts and times are the dashboard's; the generator's own clock stands beside them.
 */
final class Proof {
    /** The guides' hit rates are those of caches that are filled. */
    private static final Duration WARM_UP = Duration.ofSeconds(45);

    private static final Duration DEFAULT_SPAN = Duration.ofSeconds(60);
    private static final Duration ON_THE_WAY = Duration.ofSeconds(20);

    private final Progress progress;
    private final List<RunningSystem> systems;
    private final SwitchPage switchPage;
    private final OutsideServer outside;
    private final DemoOptions options;

    Proof(
            Progress progress,
            List<RunningSystem> systems,
            SwitchPage switchPage,
            OutsideServer outside,
            DemoOptions options) {
        this.progress = progress;
        this.systems = systems;
        this.switchPage = switchPage;
        this.outside = outside;
        this.options = options;
    }

    /** Measures and writes the report; takes a little more than twice {@code demo.for}, a minute without. */
    void write(Path file) throws InterruptedException {
        try {
            Phase naive = progress.step("naive", () -> phase("NAIVE"));
            Phase optimised = progress.step("optimised", () -> phase("OPTIMISED"));
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, new ProofReport(options, span(), naive, optimised).text(), StandardCharsets.UTF_8);
            progress.say("  Written to " + file);
        } catch (IOException refused) {
            throw new DemoFailure("The proof could not be made: " + refused.getMessage());
        }
    }

    private Duration span() {
        return options.duration().orElse(DEFAULT_SPAN);
    }

    private Phase phase(String mode) throws IOException, InterruptedException {
        switchPage.turn(mode);
        run(WARM_UP);
        long modelCallsBefore = outside.modelCalls();
        Instant from = Instant.now();
        Map<GuideSystem, Map<String, Timings>> clocks = run(span());
        Instant to = Instant.now();
        long modelCalls = outside.modelCalls() - modelCallsBefore;
        Map<GuideSystem, Map<String, Measured>> routes = new EnumMap<>(GuideSystem.class);
        Map<GuideSystem, Double> hitRatios = new EnumMap<>(GuideSystem.class);
        for (RunningSystem system : systems) {
            Map<String, Timings> clock = clocks.getOrDefault(system.system(), Map.of());
            awaitCounted(system, clock, from, to);
            routes.put(system.system(), measured(system, clock, from, to));
            hitRatios.put(system.system(), hitRatio(system, from, to));
        }
        return new Phase(routes, hitRatios, modelCalls, bursts());
    }

    private Map<GuideSystem, Map<String, Timings>> run(Duration span) throws InterruptedException {
        Map<GuideSystem, OpenLoad> loads = new EnumMap<>(GuideSystem.class);
        for (RunningSystem system : systems) {
            loads.put(
                    system.system(),
                    OpenLoad.start(
                            system.address(),
                            GuideMixes.of(system.system().id(), "/api"),
                            Math.max(1, options.rate()),
                            options.seed()));
        }
        TimeUnit.MILLISECONDS.sleep(span.toMillis()); // the load itself
        Map<GuideSystem, Map<String, Timings>> clocks = new EnumMap<>(GuideSystem.class);
        loads.forEach((system, load) -> {
            load.close();
            clocks.put(system, load.timings());
        });
        return clocks;
    }

    /** What was asked must have arrived; a window is on its way for some seconds. */
    private static void awaitCounted(RunningSystem system, Map<String, Timings> clock, Instant from, Instant to)
            throws IOException, InterruptedException {
        long asked = clock.values().stream().mapToLong(Timings::count).sum();
        long deadline = System.nanoTime() + ON_THE_WAY.toNanos();
        long seen = 0;
        while (seen < asked && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(500);
            seen = system.dashboard().items("routes", from, to.plusSeconds(6)).stream()
                    .mapToLong(route -> route.path("count").asLong())
                    .sum();
        }
    }

    private static Map<String, Measured> measured(
            RunningSystem system, Map<String, Timings> clock, Instant from, Instant to)
            throws IOException, InterruptedException {
        Map<String, Double> hits = system.dashboard().hitMedians(from, to);
        Map<String, Measured> routes = new HashMap<>();
        for (JsonNode route : system.dashboard().items("routes", from, to)) {
            String name = route.path("name").asString("");
            Timings own = clock.get(name);
            if (own != null) {
                routes.put(
                        name.replaceFirst(" /api/", " /"),
                        new Measured(
                                route.path("count").asLong(),
                                route.path("p50Ms").asDouble(Double.NaN),
                                route.path("p95Ms").asDouble(Double.NaN),
                                route.path("statements").asDouble(0),
                                hits.getOrDefault(name, Double.NaN),
                                own.quantileMillis(0.5)));
            }
        }
        return routes;
    }

    private static double hitRatio(RunningSystem system, Instant from, Instant to)
            throws IOException, InterruptedException {
        long hits = 0;
        long misses = 0;
        for (JsonNode cache : system.dashboard().items("caches", from, to)) {
            hits += cache.path("hits").asLong();
            misses += cache.path("misses").asLong();
        }
        return hits + misses == 0 ? Double.NaN : (double) hits / (hits + misses);
    }

    /** The guides' test shapes, on the tasks and on the journal's list. */
    private Map<String, Burst> bursts() throws InterruptedException {
        RunningSystem tasks = running(GuideSystem.TASKS);
        RunningSystem journal = running(GuideSystem.JOURNAL);
        Burst reads = Burst.run(tasks.address(), 10, 10, number -> Ask.get("/api/users/" + (200 + number)));
        Burst creates = Burst.run(
                tasks.address(),
                5,
                5,
                number -> Ask.post(
                        "/api/users",
                        "{\"username\":\"burst\",\"email\":\"burst@example.org\",\"fullName\":\"Burst\"}"));
        Burst thousand = Burst.run(
                journal.address(), 1000, 10, number -> Ask.get("/api/journal/entries?user_id=" + (1 + number % 30)));
        return Map.of("10 reads", reads, "5 creates", creates, "1000 requests", thousand);
    }

    private RunningSystem running(GuideSystem wanted) {
        return systems.stream()
                .filter(system -> system.system() == wanted)
                .findFirst()
                .orElseThrow(() -> new DemoFailure("The service " + wanted.id() + " does not run."));
    }

    /**
     * What one mode came to.
     *
     * @param routes of each service, by "METHOD template" without {@code /api}
     * @param modelCalls calls that reached the language model
     */
    record Phase(
            Map<GuideSystem, Map<String, Measured>> routes,
            Map<GuideSystem, Double> hitRatios,
            long modelCalls,
            Map<String, Burst> bursts) {}
}
