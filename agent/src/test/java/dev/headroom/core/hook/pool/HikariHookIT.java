package dev.headroom.core.hook.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.hook.jdbc.JdbcHook;
import dev.headroom.harness.LocalWeaving;
import dev.headroom.harness.Recorded;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Four borrowers and one that gives up, on every generation of HikariCP. */
class HikariHookIT {
    private static final Map<Attribute, String> POOL = Map.of(Attribute.POOL_NAME, PoolApp.NAME);

    @AfterEach
    void forget() {
        System.getProperties().remove("headroom.test.meanwhile");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.4.7", "3.4.5", "4.0.3", "7.1.0"})
    void measuresWaitUseAndTimeouts(String version) throws Exception {
        List<Path> jars = List.of(
                Path.of("target/libraries/HikariCP-" + version + ".jar"), Path.of("target/libraries/h2-2.5.252.jar"));
        List<Recorded> windows = new ArrayList<>();
        try (LocalWeaving weaving = LocalWeaving.of(jars, List.of(HikariHook::new, JdbcHook::new))) {
            Runnable meanwhile = () -> untilOneWaits(weaving, windows);
            System.getProperties().put("headroom.test.meanwhile", meanwhile);
            weaving.run(PoolApp.class);
            windows.add(weaving.window());
        }
        Recorded full = windows.get(windows.size() - 2);
        assertThat(full.value(
                        Metric.POOL_COUNT, Map.of(Attribute.POOL_NAME, PoolApp.NAME, Attribute.POOL_STATE, "used")))
                .isEqualTo(2);
        assertThat(full.value(
                        Metric.POOL_COUNT, Map.of(Attribute.POOL_NAME, PoolApp.NAME, Attribute.POOL_STATE, "idle")))
                .isZero();
        assertThat(full.value(Metric.POOL_MAX, POOL)).isEqualTo(2);
        assertThat(full.value(Metric.POOL_PENDING, POOL)).isEqualTo(1);

        assertThat(windows.stream()
                        .mapToLong(each -> each.count(Metric.POOL_WAIT, POOL))
                        .sum())
                .isEqualTo(5);
        assertThat(windows.stream()
                        .mapToLong(each -> each.count(Metric.POOL_USE, POOL))
                        .sum())
                .isEqualTo(4);
        assertThat(windows.stream()
                        .mapToDouble(each -> each.value(Metric.POOL_TIMEOUTS, POOL))
                        .sum())
                .isEqualTo(1);
        assertThat(windows.stream()
                        .mapToLong(each -> each.count(Metric.POOL_CREATE, POOL))
                        .sum())
                .as("connections opened; 2.4 opens one more to try the database, and closes it")
                .isEqualTo(version.startsWith("2.4.") ? 3 : 2);
        assertThat(windows.stream()
                        .mapToLong(each -> each.count(Metric.DB_DURATION))
                        .sum())
                .as("statements through the pool's proxies")
                .isEqualTo(4);

        Recorded last = windows.get(windows.size() - 1);
        assertThat(last.entries(
                        Metric.POOL_WAIT, Map.of(Attribute.ERROR_TYPE, "java.sql.SQLTransientConnectionException")))
                .singleElement()
                .satisfies(entry ->
                        assertThat(entry.histogram().max()).isGreaterThanOrEqualTo(PoolApp.HOLD_MILLIS / 1e3 * 0.9));
        assertThat(last.entries(Metric.POOL_USE, POOL))
                .singleElement()
                .satisfies(entry ->
                        assertThat(entry.histogram().min()).isGreaterThanOrEqualTo(PoolApp.HOLD_MILLIS / 1e3 * 0.9));
        assertThat(last.entries(Metric.POOL_MAX)).as("gauges of a closed pool").isEmpty();
    }

    /** Adds windows until one sees the thread that waits; it does so for {@link PoolApp#HOLD_MILLIS}. */
    private static void untilOneWaits(LocalWeaving weaving, List<Recorded> windows) {
        do {
            windows.add(weaving.window());
        } while (windows.get(windows.size() - 1).value(Metric.POOL_PENDING, POOL) != 1 && windows.size() < 100_000);
    }
}
