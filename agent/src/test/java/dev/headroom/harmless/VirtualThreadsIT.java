package dev.headroom.harmless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import dev.headroom.harness.AgentRun;
import dev.headroom.harness.Jdk;
import dev.headroom.harness.NotRun;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/** Ten thousand virtual threads, each with a statement of its own; H2 pins its carriers where the JVM still does. */
class VirtualThreadsIT {
    private static final int THREADS = 10_000;
    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

    @Test
    void everyStatementOfEveryVirtualThreadIsCounted() throws Exception {
        boolean ran = false;
        for (Jdk jdk : Jdk.all()) {
            if (jdk.feature() >= FIRST_WITH_VIRTUAL_THREADS) {
                AgentRun.Result result = Unharmed.assertSame(Unharmed.program(ManyThreads.class)
                        .withJavaHome(jdk.home())
                        .withLimitSeconds(90));
                assertThat(result.output()).as("%s", jdk).isEqualTo("sum " + THREADS + "\n");
                assertThat(result.count(Metric.DB_DURATION)).as("%s", jdk).isEqualTo(THREADS);
                assertThat(result.points(Metric.AGENT_FAILURES)).isEmpty();
                ran = true;
            }
        }
        if (!ran) {
            NotRun.because("virtual threads: needs a JDK of 21 or later");
        }
    }

    static final class ManyThreads {
        public static void main(String[] arguments) throws Exception {
            ExecutorService threads = (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
            Semaphore connections = new Semaphore(32);
            List<Future<Integer>> results = new ArrayList<>();
            String url = "jdbc:h2:mem:virtual;DB_CLOSE_DELAY=-1";
            for (int i = 0; i < THREADS; i++) {
                results.add(threads.submit(() -> {
                    connections.acquire();
                    try (Connection connection = DriverManager.getConnection(url);
                            PreparedStatement one = connection.prepareStatement("select cast(? as int)")) {
                        one.setInt(1, 1);
                        try (ResultSet rows = one.executeQuery()) {
                            rows.next();
                            return rows.getInt(1);
                        }
                    } finally {
                        connections.release();
                    }
                }));
            }
            int sum = 0;
            for (Future<Integer> each : results) {
                sum += each.get();
            }
            System.out.println("sum " + sum);
        }
    }
}
