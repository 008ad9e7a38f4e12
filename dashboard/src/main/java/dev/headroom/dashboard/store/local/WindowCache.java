package dev.headroom.dashboard.store.local;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decoded windows by row id, the least recently read leave first; bounded by their estimated bytes. Thread-safe. */
final class WindowCache {
    private final long maxBytes;
    private final Object lock = new Object();
    private final Map<Long, StoredWindow> windows = new LinkedHashMap<>(256, 0.75f, true);
    private long bytes;

    WindowCache(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Nullable
    StoredWindow get(long row) {
        synchronized (lock) {
            return windows.get(row);
        }
    }

    void put(long row, StoredWindow window) {
        synchronized (lock) {
            StoredWindow before = windows.put(row, window);
            bytes += window.weight() - (before == null ? 0 : before.weight());
            Iterator<StoredWindow> oldest = windows.values().iterator();
            while (bytes > maxBytes && oldest.hasNext()) {
                bytes -= oldest.next().weight();
                oldest.remove();
            }
        }
    }
}
