package dev.headroom.harmless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.harness.AgentRun;
import dev.headroom.harness.MetricsSink;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The JVM ends when and as the application wants. */
class ShutdownIT {
    private static final String AGENT_THREADS = "headroom-";

    /** It takes connections and never answers. */
    @Test
    void aDashboardThatHangsHoldsNobodyUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            AgentRun.Result result = Unharmed.program(Traffic.class)
                    .withLimitSeconds(20)
                    .withAgent("endpoint=http://127.0.0.1:" + silent.getLocalPort() + ",export.interval=100ms")
                    .run();
            assertThat(result.exitCode()).isZero();
            assertThat(result.output()).startsWith("sql 298 http 200/answer/0");
            assertThat(result.errors().lines()).allMatch(line -> line.startsWith("Headroom: dashboard"));
        }
    }

    /** Somebody holds what a careless flush would need, for ever. */
    @Test
    void locksThatAreNeverGivenBackHoldNobodyUp() throws Exception {
        AgentRun.Result result = Unharmed.assertSame(Unharmed.program(HoldingLocks.class));
        assertThat(result.exitCode()).isEqualTo(4);
    }

    static final class HoldingLocks {
        public static void main(String[] arguments) throws Exception {
            String answers = Traffic.all();
            MetricsSink.awaitBatches(2);
            System.out.println(answers);
            CountDownLatch held = new CountDownLatch(1);
            Thread holder = new Thread(() -> {
                synchronized (System.err) {
                    synchronized (System.out) {
                        synchronized (System.getProperties()) {
                            synchronized (ClassLoader.getSystemClassLoader()) {
                                synchronized (HoldingLocks.class) {
                                    held.countDown();
                                    waitForEver();
                                }
                            }
                        }
                    }
                }
            });
            holder.setDaemon(true);
            holder.start();
            held.await();
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> Runtime.getRuntime().freeMemory()));
            System.exit(4);
        }

        private static void waitForEver() {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException never) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void theJvmMayBeHalted() throws Exception {
        assertThat(Unharmed.assertSame(Unharmed.program(Halting.class)).exitCode())
                .isEqualTo(7);
    }

    static final class Halting {
        public static void main(String[] arguments) throws Exception {
            System.out.println(Traffic.all());
            Runtime.getRuntime().halt(7);
        }
    }

    @Test
    void theAgentsThreadsEndWithTheApplicationAndKnowNothingOfIt() throws Exception {
        AgentRun.Result result = Unharmed.program(ListingThreads.class)
                .withJvmOptions(
                        "--add-opens",
                        "java.base/java.lang=ALL-UNNAMED",
                        "-javaagent:" + Unharmed.agentJar(InheritableFirst.class))
                .withAgent()
                .run();
        assertThat(result.errors()).isEmpty();
        assertThat(result.output().lines())
                .isNotEmpty()
                .allMatch(line -> line.equals("headroom-export daemon true loader null inherits null"));
    }

    static final class ListingThreads {
        public static void main(String[] arguments) throws Exception {
            MetricsSink.awaitBatches(1);
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread.getName().startsWith(AGENT_THREADS)) {
                    Field inherited = Thread.class.getDeclaredField("inheritableThreadLocals");
                    inherited.setAccessible(true);
                    System.out.println(thread.getName() + " daemon " + thread.isDaemon() + " loader "
                            + thread.getContextClassLoader() + " inherits " + inherited.get(thread));
                }
            }
        }
    }

    /** An agent that leaves something behind on the main thread before Headroom starts on it. */
    public static final class InheritableFirst {
        private static final InheritableThreadLocal<Object> LEFT = new InheritableThreadLocal<>();

        private InheritableFirst() {}

        public static void premain(String argument) {
            LEFT.set(new Object());
        }
    }
}
