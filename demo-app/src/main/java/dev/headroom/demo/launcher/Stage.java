package dev.headroom.demo.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Everything the demo runs beside the load, started in order and stopped in reverse. A stop may come from another
 * thread in the middle of the start: what is started later is stopped at once.
 */
final class Stage implements AutoCloseable {
    static final String SERVICE = "demo";

    /** Asked until the shop answers: the requests that the load did not make. */
    static final String FIRST_REQUEST = "/products/1/stock";

    private static final String BUDGETS = "/launcher-budgets.yaml";
    private static final Duration START_PATIENCE = Duration.ofMinutes(5);

    private final Deque<Part> parts = new ArrayDeque<>();
    private final DemoOptions options;
    private final URI dashboardAddress;
    private final URI serviceAddress;
    private final @Nullable Guard guard;
    private boolean closed;

    /** Checks the ports; starts nothing yet but the watchdog. */
    Stage(DemoOptions options) {
        this.options = options;
        int dashboardPort = Ports.require(options.dashboardPort(), "the dashboard", "demo.dashboard.port");
        int servicePort = Ports.require(options.servicePort(), "the demo service", "demo.port");
        if (dashboardPort == servicePort) {
            throw new DemoFailure("demo.port and demo.dashboard.port are both %d: choose two different ports."
                    .formatted(servicePort));
        }
        dashboardAddress = address(dashboardPort);
        serviceAddress = address(servicePort);
        emptyFolder(options.home());
        guard = add("watchdog", Guard.start());
    }

    URI dashboardAddress() {
        return dashboardAddress;
    }

    URI serviceAddress() {
        return serviceAddress;
    }

    Databases.Postgres startPostgres() {
        return watched("PostgreSQL", Databases.Postgres.start(options.home()), Databases.Postgres::pid);
    }

    Databases.Redis startRedis() {
        return watched("Redis", Databases.Redis.start(), Databases.Redis::pid);
    }

    SupplierServer startSupplier() {
        return add("supplier", new SupplierServer());
    }

    /** Starts the dashboard on the data folder it had before, if any, and waits until it is healthy. */
    ChildJvm startDashboard() throws InterruptedException {
        ChildJvm dashboard = launchDashboard();
        awaitHealthy(dashboard);
        return dashboard;
    }

    /** Starts the dashboard, with more arguments, and returns at once. */
    ChildJvm launchDashboard(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.address=127.0.0.1",
                "--server.port=" + dashboardAddress.getPort(),
                "--headroom.budgets.file=" + budgets()));
        arguments.addAll(List.of(more));
        return watched(
                "dashboard",
                ChildJvm.start(
                        "dashboard",
                        options.home(),
                        Map.of(),
                        List.of("-Xmx384m", "-XX:TieredStopAtLevel=1"), // starts sooner; minutes of use need no more
                        options.dashboardJar(),
                        arguments),
                ChildJvm::pid);
    }

    void awaitHealthy(ChildJvm dashboard) throws InterruptedException {
        dashboard.awaitAnswer(dashboardAddress.resolve("/api/v1/services"), START_PATIENCE);
    }

    /** Starts the shop with the agent attached and waits until it serves. */
    ChildJvm startService(Neighbours neighbours, String... more) throws InterruptedException {
        return startService(neighbours, Map.of(), more);
    }

    /** The same with more environment variables. */
    ChildJvm startService(Neighbours neighbours, Map<String, String> environment, String... more)
            throws InterruptedException {
        List<String> arguments = new ArrayList<>(neighbours.asArguments());
        arguments.add("--server.port=" + serviceAddress.getPort());
        arguments.addAll(List.of(more));
        ChildJvm service = watched(
                "demo service",
                ChildJvm.start(
                        SERVICE,
                        options.home(),
                        environment,
                        List.of("-Xmx384m", agentOption(SERVICE)),
                        options.serviceJar(),
                        arguments),
                ChildJvm::pid);
        service.awaitAnswer(serviceAddress.resolve(FIRST_REQUEST), START_PATIENCE);
        return service;
    }

    /** Starts the service of one guide with the agent attached and returns at once. */
    ChildJvm launchSystem(GuideSystem system, Neighbours neighbours, URI outside, int port) {
        List<String> arguments = new ArrayList<>(neighbours.asArguments());
        arguments.add("--spring.profiles.active=" + system.id());
        arguments.add("--demo.outside=" + outside);
        arguments.add("--server.port=" + port);
        return watched(
                system.id(),
                ChildJvm.start(
                        system.id(),
                        options.home(),
                        Map.of(),
                        List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", agentOption(system.id())),
                        options.serviceJar(),
                        arguments),
                ChildJvm::pid);
    }

    /** Starts the services of all five guides, which takes less time at once than one after the other, and returns at once. */
    List<RunningSystem> launchSystems(Neighbours neighbours, URI outside) {
        List<RunningSystem> systems = new ArrayList<>();
        for (GuideSystem system : GuideSystem.values()) {
            int wanted = options.servicePort() == 0 ? 0 : options.servicePort() + 1 + systems.size();
            int port = Ports.require(wanted, "the service " + system.id(), "demo.port");
            systems.add(new RunningSystem(
                    system,
                    address(port),
                    launchSystem(system, neighbours, outside, port),
                    new DashboardApi(dashboardAddress, system.id())));
        }
        return systems;
    }

    void awaitSystem(RunningSystem system) throws InterruptedException {
        system.jvm().awaitAnswer(system.address().resolve(system.system().firstRequest()), START_PATIENCE);
    }

    SwitchPage startSwitch(List<RunningSystem> systems) {
        return add("switch", new SwitchPage(serviceAddress.getPort(), dashboardAddress, systems));
    }

    OutsideServer startOutside() {
        return add("language model and directory", new OutsideServer());
    }

    /** What attaches the agent to a JVM and sends its measurements to this dashboard. */
    String agentOption(String service) {
        if (!Files.isRegularFile(options.agentJar())) {
            throw new DemoFailure(options.agentJar() + " is not there. Build it first: mvn -Dquick package");
        }
        return "-javaagent:%s=endpoint=%s,service.name=%s".formatted(options.agentJar(), dashboardAddress, service);
    }

    /** Stops all parts, the last one first, whatever fails on the way. */
    @Override
    public void close() {
        List<Part> toStop;
        synchronized (parts) {
            closed = true;
            toStop = new ArrayList<>(parts);
            parts.clear();
        }
        for (Part part : toStop) {
            stop(part);
        }
    }

    /** The demo's budgets as a file that another process can read. */
    private Path budgets() {
        Path file = options.home().resolve("budgets.yaml");
        try (InputStream budgets = Stage.class.getResourceAsStream(BUDGETS)) {
            if (budgets == null) {
                throw new DemoFailure("The demo's classes lack the resource " + BUDGETS + ". Build them again.");
            }
            Files.copy(budgets, file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException refused) {
            throw new UncheckedIOException("The demo's budgets could not be written: " + file, refused);
        }
    }

    private <T extends AutoCloseable> T watched(String name, T part, ToLongFunction<T> pid) {
        add(name, part);
        if (guard != null) {
            guard.watch(pid.applyAsLong(part));
        }
        return part;
    }

    private <T extends AutoCloseable> T add(String name, T closeable) {
        Part part = new Part(name, closeable);
        synchronized (parts) {
            if (!closed) {
                parts.push(part);
                return closeable;
            }
        }
        stop(part);
        throw new DemoFailure("The demo was stopped while it started.");
    }

    private static void stop(Part part) {
        try {
            part.closeable().close();
        } catch (Exception failed) {
            System.err.println("Could not stop " + part.name() + ": " + failed);
        }
    }

    private static URI address(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Each run starts without the data of the one before. */
    private static void emptyFolder(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failed)
                        throws IOException {
                    if (!visited.equals(folder)) {
                        Files.delete(visited);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException refused) {
            throw new UncheckedIOException("The demo's folder could not be emptied: " + folder, refused);
        }
    }

    private record Part(String name, AutoCloseable closeable) {}
}
