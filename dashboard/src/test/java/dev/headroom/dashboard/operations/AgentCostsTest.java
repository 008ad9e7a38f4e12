package dev.headroom.dashboard.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.Point;
import dev.headroom.dashboard.store.Sender;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.TimeRange;
import dev.headroom.dashboard.store.Value;
import dev.headroom.dashboard.store.local.SqliteMetricStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentCostsTest {
    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    Path directory;

    private SqliteMetricStore store;
    private AgentCosts costs;
    private final List<Point> points = new ArrayList<>();
    private int sequence;

    @BeforeEach
    void open() {
        store = new SqliteMetricStore(directory, Duration.ofDays(1), 1 << 24, () -> START.plusSeconds(60));
        costs = new AgentCosts(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void sum(Metric metric, String hook, double amount) {
        points.add(new Point(key(metric, Attribute.HOOK, hook), new Value.Sum(amount)));
    }

    private void gauge(Metric metric, Attribute attribute, String value, double reading) {
        points.add(new Point(key(metric, attribute, value), Value.Gauge.of(reading)));
    }

    private static SeriesKey key(Metric metric, Attribute attribute, String value) {
        return new SeriesKey(metric.metricName(), value.isEmpty() ? Map.of() : Map.of(attribute.key(), value));
    }

    private void window() {
        Instant start = START.plusSeconds(5L * sequence++);
        Sender sender = new Sender("shop", "jvm-1", Map.of("service.name", "shop"));
        store.append(List.of(
                new Batch(sender, new Batch.Cursor("m", sequence), start, start.plusSeconds(5), List.copyOf(points))));
        points.clear();
    }

    private AgentCost cost() {
        return costs.of("shop", new TimeRange(START, START.plusSeconds(5L * sequence)))
                .get("jvm-1");
    }

    @Test
    void addsUpHooksAndThread() {
        for (int i = 0; i < 2; i++) {
            sum(Metric.AGENT_CPU, "", 0.05);
            sum(Metric.AGENT_HOOK_CALLS, "jdbc", 900);
            sum(Metric.AGENT_HOOK_TIME, "jdbc", 0.15);
            sum(Metric.AGENT_HOOK_CALLS, "tomcat", 100);
            sum(Metric.AGENT_HOOK_TIME, "tomcat", 0.05);
            sum(Metric.AGENT_FAILURES, "tomcat", 3);
            sum(Metric.AGENT_SENT, "", 5_000);
            gauge(Metric.AGENT_HOOK_WEAVE_TIME, Attribute.HOOK, "jdbc", 0.03 + i * 0.01);
            window();
        }
        AgentCost cost = cost();
        assertThat(cost.nanosPerCall()).isCloseTo(0.2e9 / 1_000, within(1.0));
        assertThat(cost.cpuPercent() / cost.exporterPercent())
                .as("0.5 s altogether, 0.1 s of them its thread")
                .isCloseTo(5, within(1e-9));
        assertThat(cost.hooks()).extracting(AgentCost.Hook::name).containsExactly("jdbc", "tomcat");
        AgentCost.Hook jdbc = cost.hooks().get(0);
        assertThat(jdbc.calls()).isEqualTo(1_800);
        assertThat(jdbc.share()).isCloseTo(0.75, within(1e-9));
        assertThat(jdbc.weaveMs()).isCloseTo(40, within(1e-9));
        assertThat(cost.hooks().get(1).failures()).isEqualTo(6);
    }

    @Test
    void saysWhyTheDetailIsLow() {
        gauge(Metric.AGENT_DETAIL, Attribute.DETAIL_BY, "effective", 1);
        gauge(Metric.AGENT_DETAIL, Attribute.DETAIL_BY, "governor", 1);
        gauge(Metric.AGENT_DETAIL, Attribute.DETAIL_BY, "dashboard", 4);
        window();
        assertThat(cost().detail()).isEqualTo("counts-only");
        assertThat(cost().reason()).isEqualTo("it cost more than its budget");
        gauge(Metric.AGENT_DETAIL, Attribute.DETAIL_BY, "effective", 0);
        gauge(Metric.AGENT_DETAIL, Attribute.DETAIL_BY, "dashboard", 0);
        window();
        assertThat(cost().detail()).isEqualTo("off");
        assertThat(cost().reason()).isEqualTo("ordered");
    }

    @Test
    void whatWasNotToldIsNotMadeUp() {
        gauge(Metric.AGENT_COST, Attribute.HOOK, "", 0.001);
        window();
        assertThat(cost().cpuPercent()).isNull();
        assertThat(cost().detail()).isNull();
        assertThat(cost().hooks()).isEmpty();
    }
}
