package dev.headroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.harness.AgentRun;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** Pins what ships. */
class AgentJarIT {
    private static final long MAX_BYTES = 6_000_000;

    @Test
    void holdsClassesOnlyForTheSystemLoaderAndTheRestAsData() throws IOException {
        try (JarFile jar = new JarFile(AgentRun.jar().toFile())) {
            List<String> files = jar.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(entry -> entry.getName())
                    .toList();
            assertThat(files)
                    .allMatch(name -> name.startsWith("META-INF/")
                            || (name.startsWith("dev/headroom/agent/") && name.endsWith(".class"))
                            || (name.startsWith("core/") && name.endsWith(".classdata"))
                            || name.equals("core/dev/headroom/core/hooks.txt"));
            assertThat(files.stream().filter(name -> name.endsWith(".class")))
                    .as("what an application can see")
                    .allMatch(name -> name.startsWith("dev/headroom/agent/"))
                    .hasSizeLessThanOrEqualTo(14);
            assertThat(files.stream()
                            .filter(name -> name.endsWith(".class") && !name.startsWith("dev/headroom/agent/cli/")))
                    .as("what is loaded in an application")
                    .hasSizeLessThanOrEqualTo(5);
            assertThat(files)
                    .contains(
                            "core/java/lang/HeadroomBridge.classdata",
                            "core/java/lang/HeadroomBridge$Off.classdata",
                            "core/dev/headroom/core/Agent.classdata",
                            "core/dev/headroom/core/hook/Advices$Timed.classdata",
                            "core/net/bytebuddy/ByteBuddy.classdata");
            assertThat(files.stream().filter(name -> name.startsWith("core/")))
                    .allMatch(name -> name.startsWith("core/dev/headroom/")
                            || name.startsWith("core/net/bytebuddy/")
                            || name.startsWith("core/java/lang/HeadroomBridge"));
        }
    }

    @Test
    void saysInItsManifestWhatTheJvmNeeds() throws IOException {
        try (JarFile jar = new JarFile(AgentRun.jar().toFile())) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            assertThat(manifest.getValue("Premain-Class")).isEqualTo("dev.headroom.agent.HeadroomAgent");
            assertThat(manifest.getValue("Agent-Class")).isEqualTo("dev.headroom.agent.HeadroomAgent");
            assertThat(manifest.getValue("Main-Class")).isEqualTo("dev.headroom.agent.cli.CommandLine");
            assertThat(manifest.getValue("Can-Retransform-Classes")).isEqualTo("true");
            assertThat(manifest.getValue("Boot-Class-Path"))
                    .as("it takes application classes out of their archive")
                    .isNull();
            assertThat(manifest.getValue(Attributes.Name.IMPLEMENTATION_VERSION))
                    .isNotBlank();
        }
    }

    @Test
    void staysSmall() throws IOException {
        assertThat(Files.size(AgentRun.jar())).isLessThan(MAX_BYTES);
    }
}
