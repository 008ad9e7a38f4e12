package dev.headroom.harmless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.harness.AgentRun;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Another agent that weaves the same classes, started before Headroom or after it: both work, and the program notices neither. */
class SecondAgentIT {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "org.jacoco.agent-0.8.14-runtime, true",
        "org.jacoco.agent-0.8.14-runtime, false",
        "opentelemetry-javaagent-2.33.1, true",
        "opentelemetry-javaagent-2.33.1, false"
    })
    void bothWork(String other, boolean otherFirst) throws Exception {
        String option = "-javaagent:" + Unharmed.library(other)
                + (other.contains("jacoco") ? "=destfile=" + folder.resolve("jacoco.exec") : "");
        String[] quiet = {"-Dotel.traces.exporter=none", "-Dotel.metrics.exporter=none", "-Dotel.logs.exporter=none"};
        AgentRun program = Unharmed.program(Traffic.class);
        program = otherFirst
                ? program.withJvmOptions(quiet[0], quiet[1], quiet[2], option)
                : program.withJvmOptions(quiet).withOptionsAfterAgent(option);
        AgentRun.Result result = program.withAgent().run();

        assertThat(result.exitCode()).as(result.errors()).isZero();
        assertThat(result.output())
                .isEqualTo(Unharmed.program(Traffic.class).run().output());
        assertThat(result.errors().lines())
                .noneMatch(line -> line.contains("Headroom")
                        || line.contains("ERROR")
                        || line.contains("WARN")
                        || line.contains("Exception")
                        || line.contains("Error"));
        if (other.contains("jacoco")) {
            assertThat(folder.resolve("jacoco.exec")).isNotEmptyFile();
            assertThat(result.errors()).isEmpty();
        } else {
            assertThat(result.errors()).as("it started").contains("opentelemetry-javaagent - version");
        }
        Unharmed.assertMeasured(result, 1);
    }
}
