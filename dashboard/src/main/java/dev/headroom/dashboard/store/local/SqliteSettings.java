package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.SettingStore;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Settings in the file that has the metrics. They are few and change when a person wants it: each is a transaction of its own, on a
 * connection that otherwise reads, and SQLite lets it wait for the writing thread.
 */
final class SqliteSettings implements SettingStore {
    private final StoreFile file;

    SqliteSettings(StoreFile file) {
        this.file = file;
    }

    @Override
    public Map<String, String> settings(String kind) {
        return file.read(connection -> {
            Map<String, String> settings = new LinkedHashMap<>();
            try (PreparedStatement query =
                    connection.prepareStatement("SELECT name, text FROM setting WHERE kind = ? ORDER BY name")) {
                query.setString(1, kind);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        settings.put(rows.getString(1), rows.getString(2));
                    }
                }
            }
            return settings;
        });
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
        file.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < parameters.length; i++) {
                    statement.setString(i + 1, parameters[i]);
                }
                return statement.executeUpdate();
            }
        });
    }
}
