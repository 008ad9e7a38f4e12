package dev.headroom.demo.launcher;

import dev.headroom.demo.load.LoadCounts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** The dashboard and the shop with the agent attached, as processes of their own on free ports. */
final class AttachedShop implements AutoCloseable {
    private final Instant beforeEverything = Instant.now().minus(Duration.ofMinutes(10));

    private final SupplierServer supplier;
    private final Stage stage;
    private final DashboardApi api;
    private ChildJvm dashboard;
    private final ChildJvm service;

    AttachedShop(Path home, Servers servers, String... serviceArguments) throws InterruptedException {
        this(home, servers, Map.of(), serviceArguments);
    }

    /** @param environment of the shop's process, where the agent finds its options */
    AttachedShop(Path home, Servers servers, Map<String, String> environment, String... serviceArguments)
            throws InterruptedException {
        stage = new Stage(
                new DemoOptions(0, 0, Optional.empty(), false, 1, 1, Jars.AGENT, Jars.DASHBOARD, Jars.SERVICE, home));
        try {
            supplier = stage.startSupplier();
            dashboard = stage.startDashboard();
            service = stage.startService(
                    new Neighbours(
                            servers.jdbcUrl(), servers.user(), servers.password(), servers.redis(), supplier.address()),
                    environment,
                    serviceArguments);
            api = new DashboardApi(stage.dashboardAddress(), Stage.SERVICE);
        } catch (InterruptedException | RuntimeException failed) {
            stage.close();
            throw failed;
        }
    }

    URI address() {
        return stage.serviceAddress();
    }

    URI dashboardAddress() {
        return stage.dashboardAddress();
    }

    DashboardApi api() {
        return api;
    }

    SupplierServer supplier() {
        return supplier;
    }

    /** Items of a list over the shop's whole life. */
    List<JsonNode> items(String list) throws IOException, InterruptedException {
        return api.items(list, beforeEverything);
    }

    /** Name to count of a list's items; several items of one name are added up. */
    Map<String, Long> counts(String list) throws IOException, InterruptedException {
        Map<String, Long> counts = new TreeMap<>();
        for (JsonNode item : items(list)) {
            counts.merge(item.path("name").asString(), item.path("count").asLong(), Long::sum);
        }
        return counts;
    }

    /** Waits until the dashboard has at least as many requests as were made. What it has beyond that is for asserts. */
    void awaitRequests(LoadCounts made, Duration patience) throws IOException, InterruptedException {
        long expected = made.answered() + 1; // and the one that saw that the shop is up
        long deadline = System.nanoTime() + patience.toNanos();
        long seen = 0;
        while (seen < expected && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(200);
            seen = counts("routes").values().stream().mapToLong(Long::longValue).sum();
        }
        if (seen < expected) {
            throw new AssertionError("the dashboard has %d of %d requests after %d s: %s"
                    .formatted(seen, expected, patience.toSeconds(), counts("routes")));
        }
    }

    void stopDashboard() {
        dashboard.close();
    }

    void killDashboard() throws InterruptedException {
        dashboard.kill();
    }

    void startDashboardAgain() throws InterruptedException {
        dashboard = stage.startDashboard();
    }

    /** Starts it and does not wait until it answers. */
    void launchDashboardAgain() {
        dashboard = stage.launchDashboard();
    }

    void awaitDashboard() throws InterruptedException {
        stage.awaitHealthy(dashboard);
    }

    /** Ends the shop, whose agent then sends what it has. */
    void stopService() {
        service.close();
    }

    @Override
    public void close() {
        stage.close();
    }
}
