package dev.headroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.harness.AgentRun;
import dev.headroom.otlp.MetricPoint;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** More and longer statements than anybody should write, in a heap of 64 MB: every call is counted, few texts are kept. */
class HugeStatementsIT {
    private static final int DISTINCT = 100_000;
    private static final int LONG = 1 << 20;
    private static final int TIMES = 10;
    private static final int LONG_KINDS = 3;

    /** As many shapes as the agent keeps, and the one that stands for the rest. */
    private static final int MOST_TEXTS = 2_001;

    private static final int LONGEST_TEXT = 4_096;

    @Test
    void aHundredThousandStatementsAndSomeOfAMegabyteAreCountedInBoundedMemory() throws Exception {
        Path h2 = AgentRun.jar().resolveSibling("libraries").resolve("h2-2.5.252.jar");
        AgentRun.Result result = AgentRun.of(Huge.class)
                .withJars(List.of(h2))
                .withJvmOptions("-Xmx64m")
                .withEnvironment(Map.of("HEADROOM_COST_BUDGET", "100%"))
                .withAgent()
                .run();
        assertThat(result.exitCode()).describedAs(result.errors()).isZero();

        long made = Long.parseLong(result.output().trim());
        assertThat(made).isEqualTo(DISTINCT + 2L * TIMES * LONG_KINDS);
        assertThat(result.count(Metric.DB_DURATION)).isEqualTo(made);
        Set<String> texts = new HashSet<>();
        for (MetricPoint point : result.points(Metric.DB_DURATION)) {
            texts.add(point.attributes().getOrDefault(Attribute.DB_QUERY.key(), ""));
        }
        assertThat(texts).hasSizeBetween(1_000, MOST_TEXTS).allMatch(text -> text.length() <= LONGEST_TEXT);
        assertThat(result.count(Metric.DB_DURATION, Map.of(Attribute.OVERFLOW, "true")))
                .as("calls in the overflow series")
                .isGreaterThan(DISTINCT - MOST_TEXTS - 1);
    }

    static final class Huge {
        public static void main(String[] arguments) throws SQLException {
            long made = 0;
            String x = "x".repeat(LONG);
            List<String> huge =
                    List.of("SELECT '" + x + "'", "SELECT 1 /* " + x + " */", "SELECT 2" + " + 1".repeat(LONG / 500));
            try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:huge");
                    Statement statement = connection.createStatement()) {
                for (String sql : huge) {
                    for (int i = 0; i < TIMES; i++) {
                        statement.executeQuery(sql).close();
                        try (PreparedStatement prepared = connection.prepareStatement(sql)) {
                            prepared.executeQuery().close();
                        }
                        made += 2;
                    }
                }
                for (int i = 0; i < DISTINCT; i++) {
                    statement.executeQuery("SELECT 1 AS c" + i).close();
                    made++;
                }
            }
            System.out.println(made);
        }
    }
}
