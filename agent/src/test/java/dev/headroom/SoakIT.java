package dev.headroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.harness.AgentRun;
import dev.headroom.soak.Made;
import dev.headroom.soak.SoakLedger;
import dev.headroom.soak.SoakProgram;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The short form of the soak; {@code mvn -Pcost -Dcost.soak=30m} is the long one. */
class SoakIT {
    private static final int SECONDS = 12;

    /** A program that does nothing but calls would have the agent leave out detail, as it should. */
    private static final Map<String, String> ALL_DETAIL = Map.of("HEADROOM_COST_BUDGET", "100%");

    @Test
    void whatWasDoneIsWhatWasSentAtFullSpeed() throws Exception {
        assertThat(disagreements("steady")).isEmpty();
    }

    @Test
    void whatWasDoneIsWhatWasSentWhenStatementsAndKeysNeverEnd() throws Exception {
        assertThat(disagreements("churn")).isEmpty();
    }

    private static List<String> disagreements(String mode) throws Exception {
        AgentRun.Result result = AgentRun.of(SoakProgram.class)
                .withJars(libraries())
                .withEnvironment(ALL_DETAIL)
                .withAgent()
                .run(Integer.toString(SECONDS), mode);
        assertThat(result.exitCode()).describedAs(result.errors()).isZero();
        SoakLedger ledger = new SoakLedger();
        result.received().forEach(window -> ledger.add(List.of(window)));
        return ledger.disagreements(made(result.output()), mode.equals("churn"));
    }

    private static List<Path> libraries() {
        Path folder = AgentRun.jar().resolveSibling("libraries");
        return Stream.of(
                        "h2-2.5.252",
                        "jedis-4.4.8",
                        "commons-pool2-2.12.0",
                        "slf4j-api-2.0.17",
                        "json-20250517",
                        "gson-2.13.2")
                .map(name -> folder.resolve(name + ".jar"))
                .toList();
    }

    private static Map<Made, Long> made(String output) {
        Map<Made, Long> made = new EnumMap<>(Made.class);
        Arrays.stream(output.split("\n"))
                .map(line -> line.split(" "))
                .forEach(words -> made.put(Made.valueOf(words[0]), Long.parseLong(words[1])));
        return made;
    }
}
