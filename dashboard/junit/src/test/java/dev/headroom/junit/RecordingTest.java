package dev.headroom.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.dashboard.budget.StatementRuns;
import dev.headroom.histogram.ExponentialHistogram;
import dev.headroom.otlp.MetricPoint;
import dev.headroom.otlp.OtlpMetricsWriter;
import dev.headroom.otlp.ResourceMetrics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordingTest {
    /** Statements since the last window, as an agent would have counted them. */
    private int statements;

    private final List<String> asked = new ArrayList<>();
    private final Recording recording = Recording.start(new LocalAgent(this::answer), "test");

    @AfterEach
    void stop() {
        recording.stop();
    }

    private byte[] answer(String request) {
        asked.add(request);
        int ran = statements;
        if (request.equals("callers")) {
            statements = 0;
            return (ran == 0 ? "" : "00000000000000aa " + ran + " A.b(A.java:1)\n").getBytes(StandardCharsets.UTF_8);
        }
        ExponentialHistogram histogram = new ExponentialHistogram();
        for (int i = 0; i < ran; i++) {
            histogram.record(0.001);
        }
        Map<String, String> attributes = new TreeMap<>(Map.of(
                "db.system.name", "h2",
                "db.operation.name", "SELECT",
                "db.query.text", "SELECT ?",
                "headroom.query.fingerprint", "00000000000000aa"));
        List<MetricPoint> points = ran == 0
                ? List.of()
                : List.of(MetricPoint.exponential(
                        "db.client.operation.duration", "s", attributes, true, 1, 2, histogram.snapshot()));
        return OtlpMetricsWriter.write(new ResourceMetrics(Map.of("service.name", "t"), points), "s", "1");
    }

    private long statements(String scope, int run) {
        return StatementRuns.of(recording.ended().get(scope).get(run).run().points()).stream()
                .mapToLong(StatementRuns::runs)
                .sum();
    }

    @Test
    void eachStatementBelongsToTheScopesThatWereOpen() {
        statements = 7; // a fixture's
        recording.begin("outer");
        statements = 1;
        recording.begin("inner");
        statements = 2;
        recording.end(true);
        statements = 4;
        recording.begin("inner");
        statements = 8;
        recording.end(true);
        statements = 16;
        recording.end(true);

        assertThat(statements("outer", 0)).isEqualTo(31);
        assertThat(statements("inner", 0)).isEqualTo(2);
        assertThat(statements("inner", 1)).isEqualTo(8);
        assertThat(recording.ended().get("outer").get(0).callers())
                .isEqualTo(Map.of("00000000000000aa", Map.of("A.b(A.java:1)", 31L)));
    }

    @Test
    void runsThatFailedAreNotJudged() {
        recording.begin("a");
        recording.end(false);

        assertThat(recording.ended()).isEmpty();
    }

    @Test
    void oneRecordingIsOpenAtATime() {
        recording.begin("a");

        assertThatThrownBy(() -> Recording.start(new LocalAgent(this::answer), "b"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Scope b begins on thread ")
                .hasMessageContaining(" while a is open on thread ")
                .hasMessageContaining("annotate both tests with @PerformanceBudget");
        recording.end(true);
    }

    @Test
    void blocksOutsideOfATestAreRefused() {
        recording.stop();

        assertThatThrownBy(() -> Scope.measure("a", () -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("expected within a test that is annotated with @PerformanceBudget");
    }

    @Test
    void aBlocksExceptionPassesAsItIs() {
        Exception own = new Exception("own");

        assertThatThrownBy(() -> Scope.measure("a", () -> {
                    throw own;
                }))
                .isSameAs(own);
        assertThat(Scope.<Integer>measure("a", () -> 3)).isEqualTo(3);
        assertThat(recording.ended().get("a")).hasSize(1);
    }
}
