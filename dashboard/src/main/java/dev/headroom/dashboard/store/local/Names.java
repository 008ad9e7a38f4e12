package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.SeriesKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the numbers of one service mean in one file, as far as it was written when this was read. Immutable. */
final class Names {
    interface Visitor {
        void visit(int id, Series series) throws SQLException;
    }

    private final int service;
    private final int[] ids;
    private final Series[] series;
    private final Map<Integer, String> senders;
    private final Map<String, Integer> metrics;

    private Names(int service, int[] ids, Series[] series, Map<Integer, String> senders, Map<String, Integer> metrics) {
        this.service = service;
        this.ids = ids;
        this.series = series;
        this.senders = senders;
        this.metrics = metrics;
    }

    static Names read(Connection connection, SeriesPool pool, String name) throws SQLException {
        int service = 0;
        try (PreparedStatement query = connection.prepareStatement("SELECT id FROM service WHERE name = ?")) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                service = row.next() ? row.getInt(1) : 0;
            }
        }
        int[] ids = new int[64];
        Series[] series = new Series[64];
        int size = 0;
        // One statement, and so one moment: the file may be written to meanwhile.
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT series.id, metric.name, series.attributes FROM series LEFT JOIN metric"
                        + " ON metric.id = series.metric WHERE series.service = ? ORDER BY series.id")) {
            query.setInt(1, service);
            try (ResultSet rows = query.executeQuery()) {
                for (; rows.next(); size++) {
                    if (size == ids.length) {
                        ids = Arrays.copyOf(ids, size * 2);
                        series = Arrays.copyOf(series, size * 2);
                    }
                    String metric = rows.getString(2);
                    if (metric == null) {
                        throw new DamagedException("Series " + rows.getInt(1) + " is of no known metric");
                    }
                    ids[size] = rows.getInt(1);
                    series[size] = pool.of(new SeriesKey(metric, Keys.readMap(rows.getBytes(3))));
                }
            }
        }
        // After the series: names are added and never taken away, so those of the series are among them.
        Map<String, Integer> metrics = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement("SELECT id, name FROM metric");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                metrics.put(rows.getString(2), rows.getInt(1));
            }
        }
        Map<Integer, String> senders = new HashMap<>();
        try (PreparedStatement query =
                connection.prepareStatement("SELECT id, instance FROM sender WHERE service = ?")) {
            query.setInt(1, service);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    senders.put(rows.getInt(1), rows.getString(2));
                }
            }
        }
        return new Names(service, Arrays.copyOf(ids, size), Arrays.copyOf(series, size), senders, metrics);
    }

    /** The service's number; 0 when the file has nothing of it. */
    int service() {
        return service;
    }

    /** Null when it was added later. */
    @Nullable
    Series series(int id) {
        int at = Arrays.binarySearch(ids, id);
        return at < 0 ? null : series[at];
    }

    /** Null when it was added later. */
    @Nullable
    String sender(int id) {
        return senders.get(id);
    }

    /** 0, which no metric has, when the file does not know it. */
    int metric(String name) {
        return metrics.getOrDefault(name, 0);
    }

    Collection<Integer> metrics() {
        return metrics.values();
    }

    int size() {
        return ids.length + senders.size();
    }

    void each(Visitor visitor) throws SQLException {
        for (int i = 0; i < ids.length; i++) {
            visitor.visit(ids[i], series[i]);
        }
    }
}
