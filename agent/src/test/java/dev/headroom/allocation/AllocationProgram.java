package dev.headroom.allocation;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * Says what each operation allocates, on all threads but the agent's own: the median of several rounds, in bytes per operation.
 * With tracing also every allocation that has code of ours on its stack.
 */
final class AllocationProgram {
    private static final int ROUNDS = 5;
    private static final int TRACED = 20;

    private AllocationProgram() {}

    /** @param arguments port of Redis, operations per round, "trace" or "" */
    public static void main(String[] arguments) throws Exception {
        int operations = Integer.parseInt(arguments[1]);
        for (Map.Entry<String, Callable<?>> each :
                Operations.all(Integer.parseInt(arguments[0])).entrySet()) {
            System.out.println(each.getKey() + "=" + bytesPerOperation(each.getValue(), operations));
            if (arguments[2].equals("trace")) {
                ours(each.getValue())
                        .forEach((where, times) ->
                                System.out.println("ours: " + each.getKey() + " " + times + " x " + where));
            }
        }
        System.exit(0);
    }

    /** Threads that come or go during a round have no part in it. */
    private static double bytesPerOperation(Callable<?> operation, int operations) throws Exception {
        double[] rounds = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            Thread[] threads = applicationThreads();
            long[] before = allocated(threads);
            for (int i = 0; i < operations; i++) {
                operation.call();
            }
            long[] after = allocated(threads);
            long sum = 0;
            for (int i = 0; i < before.length; i++) {
                sum += after[i] < 0 ? 0 : after[i] - before[i];
            }
            rounds[round] = sum / (double) operations;
        }
        Arrays.sort(rounds);
        return rounds[ROUNDS / 2];
    }

    private static Thread[] applicationThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().startsWith("headroom-"))
                .toArray(Thread[]::new);
    }

    private static long[] allocated(Thread[] of) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] bytes = new long[of.length];
        for (int i = 0; i < of.length; i++) {
            bytes[i] = threads.getThreadAllocatedBytes(of[i].getId());
        }
        return bytes;
    }

    /** Without thread-local buffers the JVM tells of every single allocation. */
    private static Map<String, Integer> ours(Callable<?> operation) throws Exception {
        Path file = Files.createTempFile("allocation", ".jfr");
        Map<String, Integer> found = new TreeMap<>();
        try (Recording recording = new Recording()) {
            recording.enable("jdk.ObjectAllocationOutsideTLAB").withStackTrace();
            recording.start();
            for (int i = 0; i < TRACED; i++) {
                operation.call();
            }
            recording.stop();
            recording.dump(file);
            for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
                if (event.getStackTrace() != null
                        && !event.getThread("eventThread").getJavaName().startsWith("headroom-")) {
                    for (RecordedFrame frame : event.getStackTrace().getFrames()) {
                        String type = frame.getMethod().getType().getName();
                        if (type.startsWith("dev.headroom.core.") || type.equals("java.lang.HeadroomBridge")) {
                            found.merge(
                                    event.getClass("objectClass").getName() + " in " + type + "."
                                            + frame.getMethod().getName(),
                                    1,
                                    Integer::sum);
                            break;
                        }
                    }
                }
            }
        } finally {
            Files.delete(file);
        }
        return found;
    }
}
