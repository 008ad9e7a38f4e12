package dev.headroom.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.harness.MovableClock;
import dev.headroom.harness.Recorded;
import java.io.File;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JvmGaugesTest {
    private final MovableClock clock = new MovableClock();
    private final Recorder recorder = new Recorder(clock, 1_000);

    JvmGaugesTest() {
        recorder.gauges(new JvmGauges(recorder));
    }

    @Test
    void readsMemoryThreadsClassesAndCpu() {
        window();
        clock.moveMillis(5_000);
        Recorded second = window();

        assertThat(second.value(Metric.JVM_MEMORY_USED, Map.of(Attribute.MEMORY_TYPE, "heap")))
                .isGreaterThan(1_000_000);
        assertThat(second.value(Metric.JVM_MEMORY_COMMITTED, Map.of(Attribute.MEMORY_TYPE, "non_heap")))
                .isGreaterThan(1_000_000);
        assertThat(second.value(Metric.JVM_MEMORY_LIMIT, Map.of(Attribute.MEMORY_TYPE, "heap")))
                .isEqualTo(Runtime.getRuntime().maxMemory());
        assertThat(second.value(Metric.JVM_THREADS))
                .isEqualTo(Thread.getAllStackTraces().size());
        assertThat(second.value(Metric.JVM_CLASSES)).isGreaterThan(500);
        assertThat(second.value(Metric.JVM_CPU_COUNT))
                .isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(second.value(Metric.JVM_CPU_TIME)).isBetween(0.0, 60.0);
        assertThat(second.value(Metric.JVM_CPU_UTILIZATION)).isBetween(0.0, 1.0);
        if (new File("/proc/self/status").exists()) {
            assertThat(second.value(Metric.PROCESS_MEMORY)).isGreaterThan(10_000_000);
        }
    }

    @Test
    void countsEveryCollectionOnceInTheWindowInWhichItWas() {
        window();
        long before = collections();
        System.gc();
        System.gc();
        long counted = window().count(Metric.JVM_GC_DURATION);
        assertThat(counted).isEqualTo(collections() - before).isGreaterThanOrEqualTo(2);
    }

    @Test
    void readsTheResidentSetFromTheSystemsAccount() {
        byte[] status =
                "Name:\tjava\nVmHWM:\t  99 kB\nVmRSS:\t   1234 kB\nRssAnon: 1 kB\n".getBytes(StandardCharsets.US_ASCII);
        assertThat(JvmGauges.residentBytes(status, status.length)).isEqualTo(1_234 * 1_024);
        assertThat(JvmGauges.residentBytes(status, 12)).isEqualTo(-1);
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }

    private Recorded window() {
        return new Recorded(recorder.rotate(0, 5_000));
    }
}
