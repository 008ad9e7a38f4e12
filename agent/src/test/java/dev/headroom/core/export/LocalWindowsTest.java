package dev.headroom.core.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.control.Detail;
import dev.headroom.core.record.Attributes;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.Recorder;
import dev.headroom.otlp.MetricPoint;
import dev.headroom.otlp.OtlpMetricsReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalWindowsTest {
    private final Recorder recorder = new Recorder(Clock.SYSTEM, 10);
    private final LocalWindows windows = windows(recorder);

    private static LocalWindows windows(Recorder recorder) {
        Map<String, String> resource = new LinkedHashMap<>();
        resource.put("service.name", "test");
        resource.put("service.instance.id", "4ec8ae4e-67b5-4a3c-b6f8-7a3a7c0f4f56");
        ExportSettings settings = ExportSettings.of("http://localhost:1", resource, "1");
        return new LocalWindows(
                recorder, settings, new Exporter(settings, recorder, java.util.Collections::emptyMap, line -> {}));
    }

    private static List<MetricPoint> points(byte[] window, String metric) {
        return OtlpMetricsReader.read(window).resources().get(0).points().stream()
                .filter(point -> point.metric().equals(metric))
                .toList();
    }

    private void statement(long nanos) {
        recorder.duration(Metric.DB_DURATION, Attributes.of(Attribute.DB_OPERATION, "SELECT"))
                .record(nanos);
    }

    @Test
    void everyCallIsInExactlyOneWindow() {
        statement(1_000);
        windows.apply("open");
        statement(1_000);
        statement(1_000);
        byte[] first = windows.apply("window");
        statement(1_000);
        byte[] second = windows.apply("window");

        assertThat(points(first, "db.client.operation.duration"))
                .singleElement()
                .satisfies(point -> assertThat(point.exponential().count())
                        .as("not the one before open")
                        .isEqualTo(2));
        assertThat(points(second, "db.client.operation.duration"))
                .singleElement()
                .satisfies(point -> assertThat(point.exponential().count()).isEqualTo(1));
        assertThat(points(windows.apply("window"), "db.client.operation.duration"))
                .isEmpty();
    }

    @Test
    void limitsThatCameWithOpenAreCountedExactly() {
        windows.apply("open\ndb.client.operation.duration 999 2000\n");
        statement(1_000);

        assertThat(points(windows.apply("window"), "db.client.operation.duration.limits"))
                .singleElement()
                .satisfies(point -> assertThat(point.explicit().counts()).containsExactly(0, 1, 0));
    }

    @Test
    void noGovernorTakesDetailAwayOnceOpen() {
        recorder.switches().govern(Detail.COUNTS_ONLY);
        windows.apply("open");
        recorder.switches().govern(Detail.OFF);

        assertThat(recorder.switches().detail()).isEqualTo(Detail.ALL);
    }

    @Test
    void callersAreToldByFingerprint() {
        windows.apply("open");
        assertThat(recorder.callers().wanted()).isTrue();
        recorder.callers().ran("0000000000000abc");

        assertThat(new String(windows.apply("callers"), StandardCharsets.UTF_8))
                .startsWith("0000000000000abc 1 ")
                .endsWith("\n");
        assertThat(windows.apply("callers")).isEmpty();
    }

    @Test
    void anotherRequestIsRefusedWithWhatIsExpected() {
        assertThatThrownBy(() -> windows.apply("windows"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"windows\" was asked of the agent, expected open, window or callers");
    }
}
