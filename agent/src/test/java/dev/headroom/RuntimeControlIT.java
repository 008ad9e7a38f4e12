package dev.headroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.harness.AgentRun;
import dev.headroom.harness.MetricsSink;
import dev.headroom.harness.RunningProgram;
import dev.headroom.otlp.MetricPoint;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The agent comes to a program in mid-flight by its own commands, is ordered about, leaves, and comes again. */
class RuntimeControlIT {
    private static final String MODEST = "export.interval=200ms,service.name=under-test,endpoint=";

    private MetricsSink sink;
    private RunningProgram program;

    @BeforeEach
    void start() throws Exception {
        sink = new MetricsSink();
        program = RunningProgram.start(BusyApp.class, h2());
        program.says("ready");
    }

    @AfterEach
    void stop() throws Exception {
        program.close();
        sink.close();
    }

    @Test
    void comesObeysLeavesAndComesAgain() throws Exception {
        woven(false);
        assertThat(attach()).as("attach").startsWith("0 Headroom ").contains(" runs in " + program.pid());
        await("statements arrive", () -> statements() > 0);
        woven(true);
        assertThat(command("list")).containsPattern("(?m)^" + program.pid() + " +\\S+ since .*BusyApp$");
        assertThat(attach()).startsWith("0 Headroom ").contains("already; nothing was done");

        sink.orders("1", "version 1\noff jdbc\n");
        await("the hook says that it is off", () -> hook() == 0);
        long counted = statements();
        int windows = windows();
        await("two more windows", () -> windows() >= windows + 2);
        assertThat(statements()).as("statements counted while the hook is off").isEqualTo(counted);

        sink.orders("2", "version 2\n");
        await("statements are counted again", () -> statements() > counted);
        sink.orders("3", "version 3\ndetail off\n");
        await("the agent says that it is off", () -> detail() == 0);
        long whenOff = statements();
        int windowsWhenOff = windows();
        await("an agent that is off still asks", () -> windows() >= windowsWhenOff + 2);
        assertThat(statements()).isEqualTo(whenOff);
        sink.orders("4", "version 4\n");
        await("on again", () -> statements() > whenOff);

        program.ask("hold");
        program.says("held");
        assertThat(command("detach", program.pid())).startsWith("0 Headroom ").contains("has left " + program.pid());
        program.ask("gone");
        program.says("gone true");
        woven(false);
        assertThat(command("list")).containsPattern("(?m)^" + program.pid() + " +no +");
        assertThat(command("detach", program.pid())).startsWith("0 Headroom does not run in");

        long before = statements();
        assertThat(attach()).startsWith("0 ");
        await("statements arrive after the second attach", () -> statements() > before);
    }

    @Test
    void commandsSayWhatIsWrong() throws Exception {
        assertThat(command()).startsWith("1 headroom-agent: no command");
        assertThat(command("attack", "1")).startsWith("1 headroom-agent: unknown command \"attack\"");
        assertThat(command("attach")).startsWith("1 headroom-agent: found no process id after attach");
        assertThat(command("attach", "shop")).startsWith("1 headroom-agent: found \"shop\" after attach");
        assertThat(command("list", "all")).startsWith("1 headroom-agent: found \"all\" after list");
        assertThat(command("detach", "999999999")).startsWith("2 headroom-agent: no process 999999999");
        assertThat(command("help")).startsWith("0 Headroom").contains("attach <pid>");
    }

    @Test
    void jvmsThatTakeNoAgentAreNamedWithTheReason() throws Exception {
        try (RunningProgram closed = RunningProgram.start(BusyApp.class, h2(), "-XX:+DisableAttachMechanism")) {
            closed.says("ready");
            assertThat(command("attach", closed.pid()))
                    .startsWith("4 headroom-agent: process " + closed.pid() + " does not let agents in")
                    .contains("-XX:+DisableAttachMechanism");
        }
        if (Runtime.version().feature() >= 9) {
            try (RunningProgram closed = RunningProgram.start(BusyApp.class, h2(), "-XX:-EnableDynamicAgentLoading")) {
                closed.says("ready");
                assertThat(command("attach", closed.pid()))
                        .startsWith("4 headroom-agent: " + closed.pid())
                        .contains("-XX:+EnableDynamicAgentLoading");
            }
        }
    }

    /** Asserts whether the driver's class calls the bridge. */
    private void woven(boolean expected) throws Exception {
        program.look();
        program.ask("woven");
        program.says("woven " + expected);
    }

    private static Path h2() {
        return Path.of("target", "libraries", "h2-2.5.252.jar").toAbsolutePath();
    }

    private String attach() throws Exception {
        return command("attach", program.pid(), MODEST + sink.endpoint());
    }

    /** Exit code and what was written. */
    private static String command(String... words) throws Exception {
        return RunningProgram.jar(AgentRun.jar(), words);
    }

    private long statements() {
        return sink.points(Metric.DB_DURATION.metricName()).stream()
                .mapToLong(point -> point.exponential().count())
                .sum();
    }

    private int windows() {
        return sink.points(Metric.AGENT_QUEUE.metricName()).size();
    }

    private double hook() {
        return last(Metric.AGENT_HOOK, Attribute.HOOK, "jdbc");
    }

    private double detail() {
        return last(Metric.AGENT_DETAIL, Attribute.DETAIL_BY, "effective");
    }

    private double last(Metric metric, Attribute attribute, String value) {
        return sink.points(metric.metricName()).stream()
                .filter(point -> value.equals(point.attributes().get(attribute.key())))
                .mapToDouble(MetricPoint::value)
                .reduce(-1, (earlier, later) -> later);
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    /** Runs statements without end, and answers questions about itself. */
    static final class BusyApp {
        private static WeakReference<Object> agent = new WeakReference<>(null);

        public static void main(String[] arguments) throws Exception {
            Thread busy = new Thread(BusyApp::runStatements);
            busy.setDaemon(true);
            busy.start();
            RunningProgram.answer(question -> {
                switch (question) {
                    case "woven":
                        return "woven " + woven();
                    case "hold":
                        agent = new WeakReference<>(bridge());
                        return agent.get() == null ? "nothing to hold" : "held";
                    case "gone":
                        return "gone " + gone();
                    default:
                        return "what?";
                }
            });
        }

        private static void runStatements() {
            try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:busy");
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE visit (id INT)");
                try (PreparedStatement insert = connection.prepareStatement("INSERT INTO visit VALUES (?)")) {
                    RunningProgram.say("ready");
                    for (int id = 0; ; id++) {
                        insert.setInt(1, id);
                        insert.executeUpdate();
                        statement.executeUpdate("DELETE FROM visit WHERE id < " + id);
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
                    }
                }
            } catch (Exception failure) {
                RunningProgram.say("failed " + failure);
            }
        }

        /** Whether the driver's own code calls the bridge. */
        private static boolean woven() throws Exception {
            return RunningProgram.bytesOf("org.h2.jdbc.JdbcStatement").contains("java/lang/HeadroomBridge");
        }

        /** What woven code talks to: of the agent's own, or what does nothing. */
        private static Object bridge() throws Exception {
            return Class.forName("java.lang.HeadroomBridge").getField("live").get(null);
        }

        private static boolean gone() throws Exception {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (agent.get() != null && System.nanoTime() < end) {
                System.gc();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
            return agent.get() == null
                    && bridge().getClass().getClassLoader() == null
                    && Thread.getAllStackTraces().keySet().stream()
                            .noneMatch(thread -> thread.getName().startsWith("headroom"));
        }
    }
}
