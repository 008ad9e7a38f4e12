package dev.headroom.demo.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code mvn -Pdemo}: the whole product at work. Runs until Ctrl-C, or for {@code -Ddemo.for}; leaves no process.
 * Exit code 0 when everything ran, 1 when something did not, 2 when {@code -Ddemo.gate=true} and a budget is broken.
 */
public final class Launcher {
    /** Exit code for a demo that ran and whose budgets are broken. */
    static final int BROKEN_BUDGETS = 2;

    private static final Duration COUNT_PATIENCE = Duration.ofSeconds(20);
    private static final Duration FOREVER = Duration.ofDays(36_500);
    private static final Set<String> WORTH_SAYING = Set.of("FAIL", "WARN");
    private static final Path NO_FILE = Path.of("");

    private final CountDownLatch stopAsked = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Progress progress = new Progress(System.out);
    private final DemoOptions options;
    private volatile @Nullable Stage stage;

    private Launcher(DemoOptions options) {
        this.options = options;
    }

    /** Options are system properties: see {@link DemoOptions}. */
    public static void main(String[] args) {
        System.setProperty("logback.configurationFile", "launcher-logback.xml");
        Path reasonFile = NO_FILE;
        int code;
        try {
            String reasonPath = System.getProperty("demo.reason.file", "");
            reasonFile = Path.of(reasonPath);
            forget(reasonFile);
            code = new Launcher(DemoOptions.from(System::getProperty)).run();
            if (code == BROKEN_BUDGETS) {
                tell(reasonFile, "The budgets are broken: see the table above.");
            }
        } catch (DemoFailure failure) {
            System.out.println();
            System.out.println(failure.reason());
            tell(reasonFile, failure.reason());
            code = 1;
        } catch (InterruptedException interrupted) {
            code = 1;
        }
        System.exit(code);
    }

    private int run() throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopNow, "demo-stop"));
        // When Maven is killed, this process would be left alone: it goes as well.
        ProcessHandle.current().parent().ifPresent(parent -> {
            CompletableFuture<Void> ignored = parent.onExit().thenRun(() -> System.exit(1));
        });
        progress.say("Headroom demo");
        try (Stage started = new Stage(options)) {
            stage = started;
            Databases.Postgres postgres = progress.step("PostgreSQL 18 (embedded binaries)", started::startPostgres);
            Databases.Redis redis = progress.step("Redis 6.2 (embedded binary)", started::startRedis);
            OutsideServer outside = started.startOutside();
            Instant begin = Instant.now();
            ChildJvm dashboard = started.launchDashboard();
            List<RunningSystem> systems =
                    started.launchSystems(Neighbours.of(postgres, redis, outside.address()), outside.address());
            progress.step("Headroom dashboard", () -> {
                started.awaitHealthy(dashboard);
                return dashboard;
            });
            for (RunningSystem system : systems) {
                progress.step(system.system().id() + " with -javaagent:headroom-agent.jar", () -> {
                    started.awaitSystem(system);
                    return system;
                });
            }
            SwitchPage switchPage = started.startSwitch(systems);
            progress.say("");
            progress.say("  Dashboard                   " + started.dashboardAddress());
            progress.say("  Naive or optimised: switch  " + started.serviceAddress());
            systems.forEach(system ->
                    progress.say("  %-26s  %s".formatted(system.system().id(), system.address())));
            progress.say("  Everything is up after %d s."
                    .formatted(Duration.between(begin, Instant.now()).toSeconds()));
            if (options.proof().isPresent()) {
                new Proof(progress, systems, switchPage, outside, options)
                        .write(options.proof().get());
                return 0;
            }
            progress.say(options.duration()
                    .map(duration -> "  Load for " + duration.toSeconds() + " s. Ctrl-C stops everything.")
                    .orElse("  Load until Ctrl-C, which stops everything. (-Ddemo.for=60s ends by itself.)"));
            progress.say("");
            return load(dashboard, systems);
        } catch (DemoFailure failure) {
            if (stopAsked.getCount() == 0) {
                return 1; // a part that did not start because it was being stopped is no news
            }
            throw failure;
        } finally {
            stopped.countDown();
        }
    }

    private int load(ChildJvm dashboard, List<RunningSystem> systems) throws InterruptedException {
        boolean terminal = onTerminal();
        StatusLine status = new StatusLine(System.out, systems, terminal);
        long everyMillis = terminal ? 1_000 : 10_000;
        Instant begin = Instant.now();
        SystemsLoad load = SystemsLoad.start(systems, options);
        try (load) {
            Duration elapsed = Duration.ZERO;
            while (elapsed.compareTo(options.duration().orElse(FOREVER)) < 0) {
                long leftMillis =
                        options.duration().orElse(FOREVER).minus(elapsed).toMillis();
                if (stopAsked.await(Math.min(everyMillis, leftMillis) + 1, TimeUnit.MILLISECONDS)) {
                    return 1;
                }
                elapsed = Duration.between(begin, Instant.now());
                requireAlive(dashboard);
                systems.forEach(system -> requireAlive(system.jvm()));
                status.show(elapsed, load.answered());
            }
        } finally {
            status.end();
        }
        return conclude(systems, begin, load);
    }

    /** Waits until the dashboard has counted the last request, and prints what is not as it should be. */
    private int conclude(List<RunningSystem> systems, Instant begin, SystemsLoad load) throws InterruptedException {
        boolean broken = false;
        try {
            for (RunningSystem system : systems) {
                long made = load.answered(system.system());
                if (made == 0) {
                    throw new DemoFailure("The service %s answered no request; its log is in %s"
                            .formatted(system.system().id(), options.home()));
                }
                // The service was asked once more, by the launcher itself, to see that it is up: not part of the load.
                long seen = 0;
                long deadline = System.nanoTime() + COUNT_PATIENCE.toNanos();
                while (seen < made && System.nanoTime() < deadline) {
                    if (stopAsked.await(500, TimeUnit.MILLISECONDS)) {
                        return 1;
                    }
                    seen = system.dashboard().count("routes", begin);
                }
                JsonNode report = system.dashboard().budgets();
                String overall = report.path("overall").asString("NO DATA");
                broken |= overall.equals("FAIL");
                progress.say("");
                progress.say("%s: %s. The load made %,d requests (%,d without an answer); the dashboard counted %,d."
                        .formatted(system.system().id(), overall, made, load.failed(system.system()), seen));
                BudgetTable.lines(report, WORTH_SAYING).forEach(progress::say);
                if (seen == 0) {
                    throw new DemoFailure(
                            "The dashboard counted no request of %s: is the agent attached? See the logs in %s"
                                    .formatted(system.system().id(), options.home()));
                }
            }
            return options.gate() && broken ? BROKEN_BUDGETS : 0;
        } catch (IOException unreadable) {
            throw new DemoFailure("The dashboard's API could not be read: " + unreadable.getMessage());
        }
    }

    // The build passes -Djdk.console=java.base, with which newer JDKs answer as 17 does: null without a terminal.
    @SuppressWarnings("SystemConsoleNull")
    private static boolean onTerminal() {
        return System.console() != null;
    }

    private static void requireAlive(ChildJvm... processes) {
        for (ChildJvm process : processes) {
            if (!process.alive()) {
                throw process.ended();
            }
        }
    }

    /** Ctrl-C, SIGTERM and the normal end all come through here; when it returns, nothing of ours runs. */
    private void stopNow() {
        Stage started = stage;
        if (stopped.getCount() > 0) {
            stopAsked.countDown();
            System.out.println();
            System.out.println("Stopping.");
        }
        if (started != null) {
            started.close();
        }
    }

    /** Leaves an empty file: the build reads it in any case. */
    private static void forget(Path reasonFile) {
        try {
            if (!reasonFile.equals(NO_FILE)) {
                Files.writeString(reasonFile, "", StandardCharsets.UTF_8);
            }
        } catch (IOException ignored) {
            // an old reason would be overwritten by a new one
        }
    }

    /** Leaves the reason where the build can read it, so that Maven's last line is this one. */
    private static void tell(Path reasonFile, String reason) {
        try {
            if (!reasonFile.equals(NO_FILE)) {
                Files.writeString(reasonFile, reason, StandardCharsets.UTF_8);
            }
        } catch (IOException ignored) {
            // it was printed as well
        }
    }
}
