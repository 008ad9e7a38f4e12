package dev.headroom.harmless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import dev.headroom.harness.AgentRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Runs a program without and with the agent and compares. */
final class Unharmed {
    private static final long LIMIT_SECONDS = 30;

    private Unharmed() {}

    /** The program with H2 before its class path and a deadline. */
    static AgentRun program(Class<?> main) {
        return AgentRun.of(main).withJars(List.of(library("h2-2.5.252"))).withLimitSeconds(LIMIT_SECONDS);
    }

    static Path library(String name) {
        return Path.of("target", "libraries", name + ".jar").toAbsolutePath();
    }

    /** A jar whose agent is that class, which lies on the program's class path. */
    static Path agentJar(Class<?> premain) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", premain.getName());
        Path jar = Path.of("target", premain.getSimpleName() + "-agent.jar").toAbsolutePath();
        try (JarOutputStream ignored = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            return jar;
        }
    }

    /** Output, errors and exit code are the same with the agent, which says nothing. Returns the run with the agent. */
    static AgentRun.Result assertSame(AgentRun program, String... arguments) throws Exception {
        AgentRun.Result without = program.run(arguments);
        AgentRun.Result with = program.withAgent().run(arguments);
        assertThat(with.output()).as(with.errors()).isEqualTo(without.output()).isNotEmpty();
        assertThat(with.errors()).isEqualTo(without.errors());
        assertThat(with.exitCode()).isEqualTo(without.exitCode());
        return with;
    }

    /** All of the {@link Traffic} was measured, that many times over, and no hook failed. */
    static void assertMeasured(AgentRun.Result result, int times) {
        assertThat(result.count(Metric.DB_DURATION)).as("statements").isEqualTo(times * Traffic.STATEMENTS);
        assertThat(result.count(Metric.HTTP_CLIENT_DURATION)).as("requests").isEqualTo(times * Traffic.REQUESTS);
        assertThat(result.points(Metric.AGENT_FAILURES)).isEmpty();
    }
}
