package dev.headroom.core.record;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.lang.management.OperatingSystemMXBean;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Readings of the JVM and its process. Asks the platform's beans directly and never makes the MBean server, whose first use
 * fixes choices that belong to the application. What a JVM does not tell is absent, never zero.
 *
 * <p>For the agent's thread only; made at the first reading, so that starting the agent touches no management class.
 */
public final class JvmGauges implements Gauges {
    private static final String STATUS = "/proc/self/status";
    private static final double SECONDS_PER_NANO = 1e-9;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** A window with more collections than this is recorded as this many. */
    private static final int MAX_COLLECTIONS = 10_000;

    private static final Attributes HEAP = Attributes.of(Attribute.MEMORY_TYPE, "heap");

    private final Recorder recorder;
    private @Nullable Beans beans;
    private boolean absent;
    private boolean noCpuTime;
    private long cpuNanos;
    private long readNanos;

    public JvmGauges(Recorder recorder) {
        this.recorder = recorder;
        this.readNanos = recorder.clock().nanos();
    }

    @Override
    public void read(Sink sink) {
        if (absent || !recorder.switches().detail().counts()) {
            return;
        }
        try {
            Beans known = beans;
            if (known == null) {
                known = new Beans();
                beans = known;
            }
            read(known, sink);
        } catch (LinkageError noManagement) {
            absent = true; // an image without java.management
        }
    }

    private void read(Beans known, Sink sink) {
        for (Pool pool : known.pools) {
            pool.read(sink);
        }
        // Once for the whole heap: the pools of some collectors, such as ZGC's generations, may each grow to all of it.
        long heapLimitBytes = known.memory.getHeapMemoryUsage().getMax();
        if (heapLimitBytes >= 0) {
            sink.value(Metric.JVM_MEMORY_LIMIT, HEAP, (double) heapLimitBytes);
        }
        for (Collector collector : known.collectors) {
            collector.read(recorder);
        }
        int daemons = known.threads.getDaemonThreadCount();
        sink.value(Metric.JVM_THREADS, Attributes.of(Attribute.THREAD_DAEMON, "true"), daemons);
        sink.value(
                Metric.JVM_THREADS,
                Attributes.of(Attribute.THREAD_DAEMON, "false"),
                Math.max(0, known.threads.getThreadCount() - daemons));
        sink.value(Metric.JVM_CLASSES, Attributes.NONE, known.classes.getLoadedClassCount());
        readCpu(sink, known.system);
        long residentBytes = residentBytes();
        if (residentBytes > 0) {
            sink.value(Metric.PROCESS_MEMORY, Attributes.NONE, (double) residentBytes);
        }
    }

    private void readCpu(Sink sink, OperatingSystemMXBean system) {
        int processors = Runtime.getRuntime().availableProcessors();
        sink.value(Metric.JVM_CPU_COUNT, Attributes.NONE, processors);
        long now = recorder.clock().nanos();
        long cpu = cpuNanos(system);
        if (cpu >= 0) {
            long used = Math.max(0, cpu - cpuNanos);
            sink.value(Metric.JVM_CPU_TIME, Attributes.NONE, used * SECONDS_PER_NANO);
            // Before the first reading CPU time was used while nobody measured the time that passed.
            if (cpuNanos > 0 && now > readNanos) {
                double share = used / (double) (now - readNanos) / processors;
                sink.value(Metric.JVM_CPU_UTILIZATION, Attributes.NONE, Math.min(1, share));
            }
            cpuNanos = Math.max(cpu, cpuNanos);
        }
        readNanos = now;
    }

    /** CPU time of the process, or -1 on a JVM without {@code com.sun.management}, which only some have. */
    private long cpuNanos(OperatingSystemMXBean system) {
        if (noCpuTime) {
            return -1;
        }
        try {
            Object nanos = Class.forName("com.sun.management.OperatingSystemMXBean")
                    .getMethod("getProcessCpuTime")
                    .invoke(system);
            return nanos instanceof Long ? (Long) nanos : -1;
        } catch (ReflectiveOperationException | IllegalArgumentException unknown) {
            noCpuTime = true;
            return -1;
        }
    }

    /** Resident set size from Linux' own account, or -1 elsewhere. */
    private static long residentBytes() {
        byte[] text = new byte[8_192];
        int length = 0;
        try (InputStream in = new FileInputStream(STATUS)) {
            int read = in.read(text, 0, text.length);
            while (read > 0) {
                length += read;
                read = in.read(text, length, text.length - length);
            }
        } catch (IOException notLinux) {
            return -1;
        }
        return residentBytes(text, length);
    }

    /** Reads the line {@code VmRSS:   12345 kB}; -1 when there is none. */
    static long residentBytes(byte[] status, int length) {
        byte[] label = {'V', 'm', 'R', 'S', 'S', ':'};
        for (int i = 0; i + label.length < length; i++) {
            int matched = 0;
            while (matched < label.length && status[i + matched] == label[matched]) {
                matched++;
            }
            if (matched == label.length) {
                long kibibytes = 0;
                for (int k = i + matched; k < length && status[k] != '\n'; k++) {
                    if (status[k] >= '0' && status[k] <= '9') {
                        kibibytes = kibibytes * 10 + status[k] - '0';
                    }
                }
                return kibibytes * 1_024;
            }
        }
        return -1;
    }

    private static final class Beans {
        final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        final ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
        final OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        final List<Pool> pools = new ArrayList<>();
        final List<Collector> collectors = new ArrayList<>();

        Beans() {
            for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
                pools.add(new Pool(pool));
            }
            for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
                collectors.add(new Collector(collector));
            }
        }
    }

    private static final class Pool {
        private final MemoryPoolMXBean bean;
        private final boolean heap;
        private final Attributes attributes;

        Pool(MemoryPoolMXBean bean) {
            this.bean = bean;
            this.heap = bean.getType() == MemoryType.HEAP;
            this.attributes = (heap ? HEAP : Attributes.of(Attribute.MEMORY_TYPE, "non_heap"))
                    .with(Attribute.MEMORY_POOL, bean.getName());
        }

        void read(Sink sink) {
            MemoryUsage now = bean.getUsage();
            if (now == null) {
                return;
            }
            sink.value(Metric.JVM_MEMORY_USED, attributes, (double) now.getUsed());
            sink.value(Metric.JVM_MEMORY_COMMITTED, attributes, (double) now.getCommitted());
            if (!heap && now.getMax() >= 0) {
                sink.value(Metric.JVM_MEMORY_LIMIT, attributes, (double) now.getMax());
            }
            MemoryUsage collected = bean.getCollectionUsage();
            if (collected != null) {
                // An old generation that was never collected says 0; what it holds changed with the last young
                // collection.
                boolean never = heap && collected.getUsed() == 0 && bean.isUsageThresholdSupported();
                sink.value(Metric.JVM_MEMORY_AFTER_GC, attributes, (double) (never ? now : collected).getUsed());
            }
        }
    }

    /**
     * Collections since the last reading: their number and total time are the JVM's own; when several fell into one window each
     * is recorded with an equal share, so count and sum stay exact to the millisecond.
     */
    private static final class Collector {
        private final GarbageCollectorMXBean bean;
        private final Attributes attributes;
        private @Nullable DurationSeries series;
        private long count;
        private long millis;

        Collector(GarbageCollectorMXBean bean) {
            this.bean = bean;
            this.attributes = Attributes.of(Attribute.GC_NAME, bean.getName());
        }

        void read(Recorder recorder) {
            long newCount = bean.getCollectionCount();
            long newMillis = bean.getCollectionTime();
            long collections = Math.min(newCount - count, MAX_COLLECTIONS);
            if (collections <= 0) {
                return;
            }
            DurationSeries durations = series;
            if (durations == null) {
                durations = recorder.duration(Metric.JVM_GC_DURATION, attributes);
                series = durations;
            }
            long nanos = Math.max(0, newMillis - millis) * NANOS_PER_MILLI;
            for (long i = 0; i < collections; i++) {
                durations.record(nanos / collections + (i < nanos % collections ? 1 : 0));
            }
            count = newCount;
            millis = newMillis;
        }
    }
}
