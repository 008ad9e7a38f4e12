package dev.headroom.dashboard.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.budget.file.BudgetFile;
import dev.headroom.dashboard.budget.file.BudgetFileReader;
import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.Point;
import dev.headroom.dashboard.store.Selection;
import dev.headroom.dashboard.store.Sender;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.Value;
import dev.headroom.dashboard.store.local.SqliteMetricStore;
import dev.headroom.histogram.HistogramSnapshot;
import dev.headroom.histogram.LimitCounts;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One budget for each JVM does not make the others read JVM by JVM. */
class JvmsAddedUpTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    @TempDir
    Path directory;

    private Instant now = NOW;

    @Test
    void onlyTheMetricsOfBudgetsThatTellJvmsApartAreReadApart() {
        List<Selection> asked = new ArrayList<>();
        try (SqliteMetricStore store = new SqliteMetricStore(directory, Duration.ofDays(1), 1 << 20, () -> now)) {
            for (int minute = 60; minute > 0; minute--) {
                now = NOW.minus(Duration.ofMinutes(minute - 1));
                store.append(List.of(window(now.minus(Duration.ofMinutes(1)), now)));
            }
            MetricStore watched = watched(store, asked);
            BudgetFile file = new BudgetFileReader(LocalDate.of(2026, 11, 20)).parse("test", """
                    version: 1
                    budgets:
                      - { id: all, signal: http, per: [service], measure: p95(duration), target: "< 1s" }
                      - { id: each, signal: redis, per: [instance], measure: p95(ping), target: "< 5ms" }
                    """);
            Baselines none = (service, compare, window) -> new Baselines.Baseline.None("none are kept");
            new ServiceEvaluation("shop", watched, Check.all(file), none).evaluate(NOW, NOW);
        }
        assertThat(asked)
                .filteredOn(Selection::perInstance)
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.metrics()).containsExactly(Metric.REDIS_PING.metricName()));
        assertThat(asked)
                .filteredOn(each -> each.metrics().contains(Metric.HTTP_SERVER_DURATION.metricName()))
                .isNotEmpty()
                .noneMatch(Selection::perInstance);
    }

    private static Batch window(Instant start, Instant end) {
        Point requests = new Point(
                new SeriesKey(Metric.HTTP_SERVER_DURATION.metricName(), Map.of()),
                new Value.Distribution(HistogramSnapshot.EMPTY, LimitCounts.NONE, 0, 100));
        return new Batch(new Sender("shop", "one", Map.of()), null, start, end, List.of(requests));
    }

    /** The store, with every selection that it is asked for. */
    private static MetricStore watched(MetricStore store, List<Selection> asked) {
        return (MetricStore) Proxy.newProxyInstance(
                MetricStore.class.getClassLoader(), new Class<?>[] {MetricStore.class}, (proxy, method, arguments) -> {
                    if (arguments != null && arguments.length > 0 && arguments[0] instanceof Selection selection) {
                        asked.add(selection);
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }
}
