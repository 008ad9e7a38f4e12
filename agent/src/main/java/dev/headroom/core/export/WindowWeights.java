package dev.headroom.core.export;

import dev.headroom.core.record.Attributes;
import dev.headroom.core.record.Window;
import java.util.IdentityHashMap;

/**
 * Estimated heap of windows that are held at once. Attributes are shared between windows, and with the recorder while their series
 * lives: each is counted once, however many windows have it. For the agent's thread only.
 */
final class WindowWeights {
    private static final int BYTES_PER_WINDOW = 96;
    private static final int BYTES_PER_ENTRY = 160;
    private static final int BYTES_PER_BUCKET = 8;

    private final IdentityHashMap<Attributes, Integer> holders = new IdentityHashMap<>();
    private long bytes;

    void add(Window window) {
        bytes += own(window);
        for (Window.Entry entry : window.entries()) {
            Integer before = holders.get(entry.attributes());
            if (before == null) {
                bytes += entry.attributes().heapBytes();
            }
            holders.put(entry.attributes(), before == null ? 1 : before + 1);
        }
    }

    void remove(Window window) {
        bytes -= own(window);
        for (Window.Entry entry : window.entries()) {
            Integer before = holders.get(entry.attributes());
            if (before == null || before == 1) {
                holders.remove(entry.attributes());
                bytes -= entry.attributes().heapBytes();
            } else {
                holders.put(entry.attributes(), before - 1);
            }
        }
    }

    long bytes() {
        return bytes;
    }

    private static long own(Window window) {
        long own = BYTES_PER_WINDOW;
        for (Window.Entry entry : window.entries()) {
            own += of(entry);
        }
        return own;
    }

    /** Of the entry without its attributes. */
    static long of(Window.Entry entry) {
        return BYTES_PER_ENTRY
                + (long) BYTES_PER_BUCKET
                        * (entry.histogram().bucketCount() + 2 * entry.limits().limits());
    }
}
