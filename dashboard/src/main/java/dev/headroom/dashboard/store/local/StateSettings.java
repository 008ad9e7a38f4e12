package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.SettingStore;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.LinkedHashMap;
import java.util.Map;

/** Settings in a file of their own. They are few and change when a person wants it: each is a transaction of its own. */
final class StateSettings implements SettingStore {
    private final StateFile file;

    StateSettings(StateFile file) {
        this.file = file;
    }

    @Override
    public Map<String, String> settings(String kind) {
        return file.read(connection -> {
                    Map<String, String> settings = new LinkedHashMap<>();
                    try (PreparedStatement query = connection.prepareStatement(
                            "SELECT name, text FROM setting WHERE kind = ? ORDER BY name")) {
                        query.setString(1, kind);
                        try (ResultSet rows = query.executeQuery()) {
                            while (rows.next()) {
                                settings.put(rows.getString(1), rows.getString(2));
                            }
                        }
                    }
                    return settings;
                })
                .orElse(Map.of());
    }

    @Override
    public void put(String kind, String name, String text) {
        run("INSERT OR REPLACE INTO setting (kind, name, text) VALUES (?, ?, ?)", kind, name, text);
    }

    @Override
    public void remove(String kind, String name) {
        run("DELETE FROM setting WHERE kind = ? AND name = ?", kind, name);
    }

    private void run(String sql, String... parameters) {
        file.write(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < parameters.length; i++) {
                    statement.setString(i + 1, parameters[i]);
                }
                return statement.executeUpdate();
            }
        });
    }
}
