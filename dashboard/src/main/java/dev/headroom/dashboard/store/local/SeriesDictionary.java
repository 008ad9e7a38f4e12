package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.SeriesKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Numbers for series, so that stored windows need not repeat names. Ids are given by the writing thread alone and become visible
 * to readers with the rows that use them; {@link #key} may be called by any thread.
 */
final class SeriesDictionary {
    private final Map<SeriesKey, Integer> ids = new ConcurrentHashMap<>();
    private final Map<Integer, SeriesKey> keys = new ConcurrentHashMap<>();
    private final List<SeriesKey> uncommitted = new ArrayList<>();
    private int lastId;

    SeriesDictionary(Connection connection) throws SQLException {
        try (PreparedStatement all = connection.prepareStatement("SELECT id, key FROM series");
                ResultSet rows = all.executeQuery()) {
            while (rows.next()) {
                SeriesKey key = Keys.read(rows.getBytes(2));
                ids.put(key, rows.getInt(1));
                keys.put(rows.getInt(1), key);
                lastId = Math.max(lastId, rows.getInt(1));
            }
        }
    }

    /** The key's id; a new key is inserted in the connection's open transaction. Writing thread only. */
    int id(Connection connection, SeriesKey key) throws SQLException {
        Integer known = ids.get(key);
        if (known != null) {
            return known;
        }
        int id = lastId + 1;
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO series (id, key) VALUES (?, ?)")) {
            insert.setInt(1, id);
            insert.setBytes(2, Keys.write(key));
            insert.executeUpdate();
        }
        lastId = id;
        uncommitted.add(key);
        keys.put(id, key);
        ids.put(key, id);
        return id;
    }

    void committed() {
        uncommitted.clear();
    }

    void rolledBack() {
        for (SeriesKey key : uncommitted) {
            Integer id = ids.remove(key);
            if (id != null) {
                keys.remove(id);
            }
        }
        lastId -= uncommitted.size();
        uncommitted.clear();
    }

    SeriesKey key(int id) {
        SeriesKey key = keys.get(id);
        if (key == null) {
            throw new IllegalStateException("The store holds no series " + id);
        }
        return key;
    }
}
