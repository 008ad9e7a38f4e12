package dev.headroom.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** The jar comes into strangers' tests: it holds nothing of theirs and asks for nothing. */
class JarIT {
    private static final Path JAR = Path.of("target", "headroom-junit.jar");

    @Test
    void everyClassHasANameOfItsOwn() throws Exception {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            List<String> names = jar.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(entry -> entry.getName())
                    .toList();

            assertThat(names.stream().filter(name -> name.endsWith(".class")))
                    .isNotEmpty()
                    .allMatch(name -> name.startsWith("dev/headroom/junit/"));
            assertThat(names.stream().filter(name -> !name.endsWith(".class")))
                    .allMatch(name -> name.startsWith("META-INF/") || name.matches("budgets/[a-z]+\\.(yaml|json)"))
                    .contains(
                            "META-INF/headroom/headroom-agent.jar",
                            "META-INF/services/org.junit.jupiter.api.extension.Extension");
        }
    }

    @Test
    void nothingIsAskedOfTheUsersProject() throws Exception {
        String pom = Files.readString(Path.of("dependency-reduced-pom.xml"));
        // The first such part stands before those of plugins and of dependency management.
        String dependencies = pom.substring(pom.indexOf("</build>"), pom.indexOf("<dependencyManagement>"));

        assertThat(dependencies)
                .contains("<artifactId>junit-jupiter-api</artifactId>")
                .doesNotContain("<scope>compile</scope>", "snakeyaml", "headroom-dashboard", "headroom-agent");
        assertThat(dependencies.split("<dependency>", -1).length)
                .as("each of them is provided or of tests")
                .isEqualTo(dependencies.split("<scope>(provided|test)</scope>", -1).length);
    }

    @Test
    void itStaysSmall() throws Exception {
        assertThat(Files.size(JAR)).isBetween(1_000_000L, 9_000_000L);
    }
}
