package dev.headroom.harmless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import dev.headroom.harness.AgentRun;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A driver that is an OSGi bundle in Apache Felix, whose loader sees of the JDK what it imports and of an agent nothing. */
class OsgiIT {
    @TempDir
    private Path folder;

    @Test
    void aDriverInABundleIsMeasuredWithoutBootDelegation() throws Exception {
        AgentRun program = AgentRun.of(InBundle.class)
                .withJars(List.of(Unharmed.library("org.apache.felix.framework-7.0.5")))
                .withLimitSeconds(60);
        AgentRun.Result result = Unharmed.assertSame(
                program, Unharmed.library("h2-2.5.252").toUri().toString(), folder.toString());
        assertThat(result.exitCode()).as(result.errors()).isZero();
        assertThat(result.output()).isEqualTo("BundleClassLoader\n" + "1\n".repeat(5));
        assertThat(result.count(Metric.DB_DURATION)).isEqualTo(1 + 5);
        assertThat(result.points(Metric.AGENT_FAILURES)).isEmpty();
    }

    /** The framework by reflection: only the program under test has it. */
    static final class InBundle {
        public static void main(String[] arguments) {
            try {
                useDriver(arguments);
                System.exit(0);
            } catch (Exception failed) {
                failed.printStackTrace();
                System.exit(1); // The framework's threads would go on.
            }
        }

        private static void useDriver(String[] arguments) throws Exception {
            Map<String, String> options = new HashMap<>();
            options.put("org.osgi.framework.storage", arguments[1] + "/" + System.nanoTime());
            Object framework = Class.forName("org.apache.felix.framework.Felix")
                    .getConstructor(Map.class)
                    .newInstance(options);
            call(framework, "start");
            Object context = call(framework, "getBundleContext");
            Object bundle = call(context, "installBundle", arguments[0]);
            Class<?> type = (Class<?>) call(bundle, "loadClass", "org.h2.Driver");
            System.out.println(type.getClassLoader().getClass().getSimpleName());
            Driver driver = (Driver) type.getDeclaredConstructor().newInstance();
            try (Connection connection = driver.connect("jdbc:h2:mem:bundle", new Properties());
                    Statement statement = connection.createStatement()) {
                statement.execute("create table pet (id int)");
                for (int i = 0; i < 5; i++) {
                    System.out.println(statement.executeUpdate("insert into pet values (1)"));
                }
            }
        }

        private static Object call(Object target, String name, String... arguments) throws Exception {
            Class<?>[] types = new Class<?>[arguments.length];
            Arrays.fill(types, String.class);
            var method = target.getClass().getMethod(name, types);
            method.setAccessible(true);
            return method.invoke(target, (Object[]) arguments);
        }
    }
}
