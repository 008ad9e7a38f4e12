package dev.headroom.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Windows that never came, and those that came twice, as metrics for alerts. */
class WindowsIT {
    @TempDir
    Path directory;

    private final AgentSender agent = new AgentSender("shop");

    private AgentSender.Numbered window() {
        return agent.gauge(Metric.JVM_THREADS, Map.of(), 12).next();
    }

    private static void has(StartedDashboard dashboard, String metric, int count) throws Exception {
        String line = metric + "{service=\"shop\"} " + count + ".0";
        ScrapingPrometheus.eventually(
                line,
                () -> ScrapingPrometheus.get(dashboard.url() + "/actuator/prometheus")
                        .contains("\n" + line));
    }

    @Test
    void countsWhatTheLedgerSaysAndBeginsAgainAfterARestart() throws Exception {
        try (StartedDashboard dashboard = StartedDashboard.on(directory)) {
            assertThat(window().post(dashboard).statusCode()).isEqualTo(200);
            has(dashboard, "headroom_windows_missing_total", 0);
            AgentSender.Numbered lost = window();
            AgentSender.Numbered twice = window();
            assertThat(twice.post(dashboard).statusCode()).isEqualTo(200);
            assertThat(twice.post(dashboard).statusCode()).isEqualTo(200);
            has(dashboard, "headroom_windows_missing_total", 1);
            has(dashboard, "headroom_windows_duplicate_total", 1);
            assertThat(lost.key()).isNotEqualTo(twice.key());
        }
        try (StartedDashboard dashboard = StartedDashboard.on(directory)) {
            has(dashboard, "headroom_windows_missing_total", 0);
            window();
            assertThat(window().post(dashboard).statusCode()).isEqualTo(200);
            has(dashboard, "headroom_windows_missing_total", 1);
            has(dashboard, "headroom_windows_duplicate_total", 0);
        }
    }
}
