package dev.headroom.range;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** Makes the JVM collect: allocates {@value #MEBIBYTES} MiB while {@value #KEPT_MEBIBYTES} MiB stay reachable, and asks for a collection. */
final class Garbage {
    private static final int MEBIBYTES = 600;
    private static final int KEPT_MEBIBYTES = 16;
    private static final int PIECE = 16 * 1_024;

    private Garbage() {}

    /** Prints a line {@code gc <number> <name>} for each collector. */
    static void make() {
        List<byte[]> kept = new ArrayList<>();
        int pieces = 1_024 * 1_024 / PIECE;
        for (int i = 0; i < KEPT_MEBIBYTES * pieces; i++) {
            kept.add(new byte[PIECE]);
        }
        long sum = 0;
        for (int i = 0; i < MEBIBYTES * pieces; i++) {
            byte[] piece = new byte[PIECE];
            piece[i % PIECE] = 1;
            sum += piece[0];
        }
        System.gc();
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            System.out.println("gc " + collector.getCollectionCount() + " " + collector.getName());
        }
        System.out.println("kept " + (sum >= 0 ? kept.size() / pieces : 0));
    }
}
