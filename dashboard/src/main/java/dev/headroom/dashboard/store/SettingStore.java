package dev.headroom.dashboard.store;

import java.util.Map;

/** Texts that people set while the dashboard runs, kept across restarts: by kind and name. Thread-safe; every method may block on disk. */
public interface SettingStore {
    /** Every text of the kind by its name. */
    Map<String, String> settings(String kind);

    /** Keeps the text in place of an earlier one of that kind and name; durable on return. */
    void put(String kind, String name, String text);

    void remove(String kind, String name);
}
