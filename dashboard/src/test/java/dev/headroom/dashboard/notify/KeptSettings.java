package dev.headroom.dashboard.notify;

import dev.headroom.dashboard.store.SettingStore;
import dev.headroom.dashboard.store.StoreUnusableException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Settings that outlive an outbox, as on disk; and a disk that can be full. */
final class KeptSettings implements SettingStore {
    private final Map<String, Map<String, String>> kinds = new ConcurrentHashMap<>();
    private volatile boolean full;

    void full(boolean now) {
        full = now;
    }

    @Override
    public Map<String, String> settings(String kind) {
        return new TreeMap<>(kinds.getOrDefault(kind, Map.of()));
    }

    @Override
    public void put(String kind, String name, String text) {
        if (full) {
            throw new StoreUnusableException("the disk is full", null);
        }
        kinds.computeIfAbsent(kind, any -> new ConcurrentHashMap<>()).put(name, text);
    }

    @Override
    public void remove(String kind, String name) {
        kinds.getOrDefault(kind, Map.of()).remove(name);
    }
}
