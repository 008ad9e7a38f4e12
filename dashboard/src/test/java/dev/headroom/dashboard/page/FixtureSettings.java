package dev.headroom.dashboard.page;

import dev.headroom.dashboard.store.SettingStore;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Settings in memory, for pages. Thread-safe. */
public final class FixtureSettings implements SettingStore {
    private final Map<String, Map<String, String>> kinds = new ConcurrentHashMap<>();

    private Map<String, String> kind(String kind) {
        return kinds.computeIfAbsent(kind, any -> new ConcurrentHashMap<>());
    }

    @Override
    public Map<String, String> settings(String kind) {
        return new TreeMap<>(kind(kind));
    }

    @Override
    public void put(String kind, String name, String text) {
        kind(kind).put(name, text);
    }

    @Override
    public void remove(String kind, String name) {
        kind(kind).remove(name);
    }
}
