package dev.headroom.demo.launcher;

import java.nio.file.Path;

/** What the build made before these tests run. */
final class Jars {
    static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    static final Path SERVICE = ROOT.resolve("demo-app/target/headroom-demo-app.jar");
    static final Path AGENT = ROOT.resolve("agent/target/headroom-agent.jar");
    static final Path DASHBOARD = ROOT.resolve("dashboard/target/headroom-dashboard.jar");

    private Jars() {}
}
