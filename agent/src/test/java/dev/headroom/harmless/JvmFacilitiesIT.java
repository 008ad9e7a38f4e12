package dev.headroom.harmless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.harness.AgentRun;
import dev.headroom.harness.MetricsSink;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.util.Properties;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import javax.management.MBeanServer;
import javax.management.MBeanServerBuilder;
import javax.management.MBeanServerDelegate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a JVM has only one of, and gives to whoever asks first: log manager, URL handlers, MBean server, system properties,
 * flight recorder, security manager. The application takes them late, when the agent has been at work for a while.
 */
class JvmFacilitiesIT {
    private static final int A_WHILE = 3;
    private static final long LIMIT_NANOS = 10_000_000_000L;

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

    /**
     * Elastic's agent hung here: its thread wanted a property, the application held the lock of all properties and waited for a
     * class.
     */
    @Test
    void nobodyWaitsForTheSystemProperties() throws Exception {
        String driver = Unharmed.library("h2-2.5.252").toUri().toURL().toString();
        Unharmed.assertMeasured(Unharmed.assertSame(Unharmed.program(LockedProperties.class), driver), 1);
    }

    static final class LockedProperties {
        public static void main(String[] arguments) throws Exception {
            ClassLoader loader =
                    new URLClassLoader(new URL[] {new URL(arguments[0])}, ClassLoader.getPlatformClassLoader());
            // What a class needs to be loaded is there, so that no loading asks the JVM for a property.
            loader.loadClass("org.h2.api.ErrorCode");
            Class.forName(PreparedStatement.class.getName());
            OwnProperties own = new OwnProperties();
            own.putAll(System.getProperties());
            System.setProperties(own);
            Thread other = new Thread(() -> {
                try {
                    System.out.println(loader.loadClass("org.h2.jdbc.JdbcPreparedStatement"));
                } catch (ClassNotFoundException failed) {
                    System.out.println(failed);
                }
            });
            synchronized (own) {
                other.start();
                other.join();
                awaitAgentWaiting();
                // Loads a native library, one at a time in a JVM; the library itself asks for a property.
                System.out.println(InetAddress.getLoopbackAddress());
            }
            System.out.println(Traffic.all());
        }

        private static void awaitAgentWaiting() {
            long end = System.nanoTime() + LIMIT_NANOS;
            while (System.getProperty(MetricsSink.ENDPOINT) != null && !agentWaits() && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        }

        private static boolean agentWaits() {
            return Thread.getAllStackTraces().keySet().stream()
                    .anyMatch(thread ->
                            thread.getName().equals("headroom-export") && thread.getState() == Thread.State.BLOCKED);
        }
    }

    /** As application servers have it: every access takes one lock. */
    private static final class OwnProperties extends Properties {
        @Override
        public synchronized String getProperty(String key) {
            return super.getProperty(key);
        }

        @Override
        public synchronized Object get(Object key) {
            return super.get(key);
        }

        @Override
        public synchronized Object setProperty(String key, String value) {
            return super.setProperty(key, value);
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
