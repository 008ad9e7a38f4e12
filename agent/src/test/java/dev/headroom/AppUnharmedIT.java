package dev.headroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.harness.AgentRun;
import dev.headroom.harness.AgentRun.Result;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same program with and without the agent, and with an agent in trouble, does the same. */
class AppUnharmedIT {
    private static final String UNREACHABLE = "http://127.0.0.1:1";

    /** A program that lives past the first window says so once; whether it does depends on the machine alone. */
    private static final String NOT_TAKEN = "Headroom: dashboard " + UNREACHABLE + " does not take measurements";

    @Test
    void theAgentChangesNothingAndSaysNothing() throws Exception {
        assertSame(AgentRun.of(OrdinaryApp.class).withAgent(), 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | endpoint=" + UNREACHABLE,
                "1 | endpoint=" + UNREACHABLE + ",no.such.option=1",
                "1 | endpoint=gopher://nowhere",
                "1 | endpoint=" + UNREACHABLE + ",export.interval=soon",
                "1 | endpoint=" + UNREACHABLE + ",config.file=/no/such/file",
                "1 | endpoint=" + UNREACHABLE + ",=",
                "0 | enabled=false"
            })
    void eachTroubleCostsOneLine(int troubles, String arguments) throws Exception {
        assertSame(AgentRun.of(OrdinaryApp.class).withAgent(arguments), troubles);
    }

    @Test
    void aSecondAgentDoesNothing() throws Exception {
        assertSame(
                AgentRun.of(OrdinaryApp.class)
                        .withJvmOptions("-javaagent:" + AgentRun.jar() + "=enabled=true,endpoint=" + UNREACHABLE)
                        .withAgent(),
                1);
    }

    @Test
    void theAgentCanBeSwitchedOffByTheEnvironment() throws Exception {
        Result result = AgentRun.of(OrdinaryApp.class)
                .withAgent()
                .withEnvironment(Map.of("HEADROOM_ENABLED", "false"))
                .run("a");
        assertThat(result.received()).isEmpty();
        assertThat(result.errors()).isEqualTo("error stream\n");
    }

    @Test
    void whatTheAgentSendsNamesTheServiceAndTheJvm() throws Exception {
        Result result = AgentRun.of(StartIT.Query.class)
                .withJars(StartIT.H2)
                .withAgent()
                .run();
        assertThat(result.received())
                .isNotEmpty()
                .allSatisfy(resource -> assertThat(resource.resource())
                        .containsEntry("service.name", "under-test")
                        .containsEntry("telemetry.distro.name", "headroom")
                        .containsKeys("service.instance.id", "process.pid", "process.runtime.version", "host.name"));
    }

    private static void assertSame(AgentRun with, int lines) throws IOException, InterruptedException {
        Result without = AgentRun.of(OrdinaryApp.class).run("a", "b c");
        Result result = with.run("a", "b c");
        assertThat(result.output()).isEqualTo(without.output());
        assertThat(result.exitCode()).isEqualTo(without.exitCode()).isEqualTo(3);
        List<String> errors = result.errors()
                .lines()
                .filter(line -> !line.equals("error stream"))
                .toList();
        assertThat(errors.stream().filter(line -> line.startsWith(NOT_TAKEN))).hasSizeLessThan(2);
        assertThat(errors.stream().filter(line -> !line.startsWith(NOT_TAKEN)))
                .hasSize(lines)
                .allMatch(line -> line.startsWith("Headroom: "));
    }

    /** Uses threads, reflection, properties, streams and the loader: what an agent could disturb. */
    static final class OrdinaryApp {
        public static void main(String[] arguments) throws Exception {
            System.out.println(String.join("|", arguments));
            System.err.println("error stream");
            Thread thread =
                    new Thread(() -> System.out.println(Thread.currentThread().getName()), "worker");
            thread.start();
            thread.join();
            System.out.println(Thread.currentThread().getContextClassLoader() == ClassLoader.getSystemClassLoader());
            System.out.println(System.getProperties().stringPropertyNames().stream()
                    .filter(name -> name.contains("headroom") || name.contains("bytebuddy"))
                    .filter(name -> !name.startsWith("headroom.test."))
                    .toList());
            System.out.println(ClassLoader.getSystemResource("net/bytebuddy/ByteBuddy.classdata"));
            try {
                throw new IllegalStateException("its own");
            } catch (IllegalStateException own) {
                System.out.println(own.getStackTrace().length + own.getMessage());
            }
            System.exit(3);
        }
    }
}
