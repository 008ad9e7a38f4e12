package dev.headroom.dashboard.store.local;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decoded windows, stored ones and merged minutes, the least recently read leave first; bounded by their estimated bytes. Thread-safe. */
final class WindowCache {
    private final long maxBytes;
    private final Object lock = new Object();
    private final Map<Object, StoredWindow> windows = new LinkedHashMap<>(256, 0.75f, true);
    private long bytes;

    WindowCache(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Nullable
    StoredWindow get(Object key) {
        synchronized (lock) {
            return windows.get(key);
        }
    }

    void put(Object key, StoredWindow window) {
        synchronized (lock) {
            StoredWindow before = windows.put(key, window);
            bytes += window.weight() - (before == null ? 0 : before.weight());
            Iterator<StoredWindow> oldest = windows.values().iterator();
            while (bytes > maxBytes && oldest.hasNext()) {
                bytes -= oldest.next().weight();
                oldest.remove();
            }
        }
    }
}
