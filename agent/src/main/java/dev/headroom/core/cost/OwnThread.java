package dev.headroom.core.cost;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * What the thread that asks has used since it last asked. For one thread only; 0 where the JVM does not tell.
 */
final class OwnThread {
    private boolean cpuTimeKnown = true;
    private boolean allocationKnown = true;
    private long cpuNanosTold;
    private long bytesTold;

    long cpuNanos() {
        if (cpuTimeKnown) {
            try {
                long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                long since = nanos - cpuNanosTold;
                cpuNanosTold = nanos;
                return Math.max(0, since);
            } catch (LinkageError | UnsupportedOperationException absent) {
                // a run time image without java.management, or a system that keeps no such clock
                cpuTimeKnown = false;
            }
        }
        return 0;
    }

    long allocatedBytes() {
        if (allocationKnown) {
            try {
                ThreadMXBean threads = ManagementFactory.getThreadMXBean();
                if (threads instanceof com.sun.management.ThreadMXBean) {
                    long bytes = ((com.sun.management.ThreadMXBean) threads)
                            .getThreadAllocatedBytes(Thread.currentThread().getId());
                    long since = bytes - bytesTold;
                    bytesTold = bytes;
                    return Math.max(0, since);
                }
                allocationKnown = false;
            } catch (LinkageError | UnsupportedOperationException absent) {
                // without module jdk.management, or another JVM
                allocationKnown = false;
            }
        }
        return 0;
    }
}
