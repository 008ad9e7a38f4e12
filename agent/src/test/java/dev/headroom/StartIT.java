package dev.headroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import dev.headroom.harness.AgentRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start loads: classes can be counted on a busy machine, milliseconds cannot. */
class StartIT {
    static final List<Path> H2 =
            List.of(Path.of("target/libraries/h2-2.5.252.jar").toAbsolutePath());

    private static final int MOST_AGENT_CLASSES = 1_200;

    @TempDir
    private Path folder;

    @Test
    void anApplicationWithoutDatabaseOrServerLoadsNoHookAndNoWeaver() throws Exception {
        AgentRun.Result result = run(Hello.class, List.of(), "export.interval=10m");
        assertThat(result.output()).contains("hello");
        List<String> agentClasses = agentClasses();
        assertThat(agentClasses)
                .filteredOn(name -> name.startsWith("net.bytebuddy"))
                .isEmpty();
        assertThat(agentClasses)
                .filteredOn(name -> name.matches("dev\\.headroom\\.core\\.hook\\.[a-z]+\\..*"))
                .isEmpty();
        assertThat(agentClasses)
                .as("nothing was measured, nothing is sent")
                .doesNotContain("dev.headroom.core.export.HttpInput");
        assertThat(agentClasses).hasSizeLessThan(150);
    }

    @Test
    void weavingADriverLoadsAReaderAndAWriterOfClassFiles() throws Exception {
        AgentRun.Result result = run(Query.class, H2);
        assertThat(result.count(Metric.DB_DURATION)).isPositive();
        List<String> agentClasses = agentClasses();
        assertThat(agentClasses)
                .filteredOn(name -> name.startsWith("net.bytebuddy"))
                .isNotEmpty()
                .allMatch(name -> name.startsWith("net.bytebuddy.jar.asm."));
        assertThat(agentClasses).hasSizeLessThan(MOST_AGENT_CLASSES);
        assertThat(agentClasses).noneMatch(name -> name.startsWith("dev.headroom.core.hook.redis."));
    }

    /** @param arguments of the agent; empty for the usual ones of a test, with windows of a fifth of a second */
    private AgentRun.Result run(Class<?> main, List<Path> jars, String... arguments) throws Exception {
        AgentRun run = AgentRun.of(main)
                .withJars(jars)
                .withJvmOptions("-Xlog:class+load:file=" + folder.resolve("loaded.log"));
        return (arguments.length == 0 ? run.withAgent() : run.withAgent(arguments[0])).run();
    }

    private List<String> agentClasses() throws IOException {
        return Files.readAllLines(folder.resolve("loaded.log")).stream()
                .map(line -> line.substring(line.lastIndexOf(']') + 1).trim().split(" ")[0])
                .filter(name -> name.startsWith("dev.headroom.") || name.startsWith("net.bytebuddy."))
                .filter(name -> !name.startsWith(StartIT.class.getName()) && !name.contains("$$Lambda"))
                .toList();
    }

    static final class Hello {
        public static void main(String[] arguments) {
            System.out.println("hello");
        }
    }

    static final class Query {
        public static void main(String[] arguments) throws Exception {
            try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:start");
                    Statement statement = connection.createStatement()) {
                statement.execute("select 1");
            }
        }
    }
}
