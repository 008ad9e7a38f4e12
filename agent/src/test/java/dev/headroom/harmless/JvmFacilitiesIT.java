package dev.headroom.harmless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.harness.AgentRun;
import dev.headroom.harness.MetricsSink;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import javax.management.MBeanServer;
import javax.management.MBeanServerBuilder;
import javax.management.MBeanServerDelegate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a JVM has only one of, and gives to whoever asks first: log manager, URL handlers, MBean server, flight recorder, security manager. The application takes them late, when the agent has been at work for a while.
 */
class JvmFacilitiesIT {
    private static final int A_WHILE = 3;

    @TempDir
    private Path folder;

    @Test
    void theLogManagerIsTheApplications() throws Exception {
        AgentRun.Result result = Unharmed.assertSame(Unharmed.program(LateLogManager.class));
        assertThat(result.output()).contains("OwnLogManager");
        Unharmed.assertMeasured(result, 1);
    }

    @Test
    void theLogManagerNamedOnTheCommandLineIsLoadedFromTheApplication() throws Exception {
        AgentRun.Result result = Unharmed.assertSame(Unharmed.program(LateLogManager.class)
                .withJvmOptions("-Djava.util.logging.manager=" + OwnLogManager.class.getName()));
        assertThat(result.output()).contains("OwnLogManager");
    }

    static final class LateLogManager {
        public static void main(String[] arguments) throws Exception {
            MetricsSink.awaitBatches(A_WHILE);
            System.setProperty("java.util.logging.manager", OwnLogManager.class.getName());
            Logger.getLogger("shop").fine("first use");
            System.out.println(LogManager.getLogManager().getClass() + " " + Traffic.all());
        }
    }

    public static final class OwnLogManager extends LogManager {}

    @Test
    void urlHandlersAreTheApplications() throws Exception {
        AgentRun.Result result = Unharmed.assertSame(Unharmed.program(LateUrlHandlers.class));
        assertThat(result.output()).contains("shop: asked");
        Unharmed.assertMeasured(result, 1);
    }

    static final class LateUrlHandlers {
        public static void main(String[] arguments) throws Exception {
            MetricsSink.awaitBatches(A_WHILE);
            URL.setURLStreamHandlerFactory(protocol -> {
                System.out.println(protocol + ": asked");
                return protocol.equals("shop") ? new Refusing() : null;
            });
            System.out.println(new URL("shop", "", "x"));
            System.out.println(Traffic.all());
            MetricsSink.awaitBatches(2 * A_WHILE);
        }
    }

    private static final class Refusing extends URLStreamHandler {
        @Override
        protected URLConnection openConnection(URL url) throws IOException {
            throw new IOException("not to be opened");
        }
    }

    @Test
    void theMBeanServerIsTheApplications() throws Exception {
        AgentRun.Result result = Unharmed.assertSame(Unharmed.program(LateMBeanServer.class));
        assertThat(result.output()).startsWith("the application's builder");
        Unharmed.assertMeasured(result, 1);
    }

    static final class LateMBeanServer {
        public static void main(String[] arguments) throws Exception {
            MetricsSink.awaitBatches(A_WHILE);
            System.setProperty("javax.management.builder.initial", OwnBuilder.class.getName());
            System.out.println(ManagementFactory.getPlatformMBeanServer().getDefaultDomain());
            System.out.println(Traffic.all());
        }
    }

    public static final class OwnBuilder extends MBeanServerBuilder {
        @Override
        public MBeanServer newMBeanServer(String domain, MBeanServer outer, MBeanServerDelegate delegate) {
            System.out.println("the application's builder");
            return super.newMBeanServer(domain, outer, delegate);
        }
    }

    @Test
    void aFlightRecordingStartsWithTheJvm() throws Exception {
        Path recording = folder.resolve("start.jfr");
        AgentRun.Result result = Unharmed.program(Traffic.class)
                .withJvmOptions(
                        "-XX:StartFlightRecording=filename=" + recording + ",settings=profile", "-Xlog:jfr*=off")
                .withAgent()
                .run();
        assertThat(result.errors()).isEmpty();
        assertThat(result.exitCode()).isZero();
        Unharmed.assertMeasured(result, 1);
        assertThat(Files.size(recording)).isPositive();
    }
}
