package dev.headroom;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.VirtualMachine;
import dev.headroom.catalog.Metric;
import dev.headroom.harness.AgentRun;
import dev.headroom.harness.MetricsSink;
import java.io.File;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The agent comes to a running application whose driver and open connection are in use already. */
class LateAttachIT {
    @Test
    void measuresWhatWasLoadedBeforeIt() throws Exception {
        String classes = new File("target/classes").getAbsolutePath();
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(element -> !element.equals(classes))
                .collect(Collectors.joining(File.pathSeparator));
        try (MetricsSink sink = new MetricsSink()) {
            AgentRun.Result result = AgentRun.of(RunningApp.class)
                    .withClassPath(
                            Path.of("target", "libraries", "h2-2.5.252.jar").toAbsolutePath()
                                    + File.pathSeparator
                                    + classPath)
                    .withJvmOptions("-Djdk.attach.allowAttachSelf=true")
                    .run(AgentRun.jar().toString(), "endpoint=" + sink.endpoint());
            assertThat(result.errors()).isEmpty();
            assertThat(result.exitCode()).isZero();
            assertThat(sink.points(Metric.DB_DURATION.metricName()).stream()
                            .mapToLong(point -> point.exponential().count())
                            .sum())
                    .isEqualTo(5);
        }
    }

    static final class RunningApp {
        public static void main(String[] arguments) throws Exception {
            try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:late");
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE visit (id INT)");
                VirtualMachine self = VirtualMachine.attach(
                        String.valueOf(ProcessHandle.current().pid()));
                self.loadAgent(arguments[0], arguments[1]);
                self.detach();
                for (int id = 0; id < 5; id++) {
                    statement.executeUpdate("INSERT INTO visit VALUES (" + id + ")");
                }
            }
        }
    }
}
