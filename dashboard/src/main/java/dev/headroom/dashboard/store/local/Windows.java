package dev.headroom.dashboard.store.local;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The stored windows of a span, oldest first. Over long spans a sender's windows of a whole minute are merged once and held in
 * memory. A merged minute is known by the rows that it is made of, so a late row makes another one; nothing is ever added to one.
 * Used by one thread at a time.
 */
final class Windows {
    private static final long MINUTE_MILLIS = 60_000;

    /** One or more stored windows of a sender; {@code end} is that of the last. */
    record Row(long sender, long end, List<Long> ids) {
        int windows() {
            return ids.size();
        }
    }

    private record Stored(long id, long sender, long start, long end) {}

    private record SenderMinute(long sender, long minute) {}

    private final Connection connection;
    private final SeriesDictionary series;
    private final WindowCache cache;

    Windows(Connection connection, SeriesDictionary series, WindowCache cache) {
        this.connection = connection;
        this.series = series;
        this.cache = cache;
    }

    /** One row per batch. */
    List<Row> fine(long service, Boundaries.Span span) throws SQLException {
        List<Row> rows = new ArrayList<>();
        for (Stored stored : stored(service, span)) {
            rows.add(new Row(stored.sender, stored.end, List.of(stored.id)));
        }
        return rows;
    }

    /** One row per sender and minute, as far as minutes lie whole in the span and windows whole in minutes. */
    List<Row> coarse(long service, Boundaries.Span span) throws SQLException {
        List<Row> rows = new ArrayList<>();
        Map<SenderMinute, List<Long>> minutes = new HashMap<>();
        for (Stored stored : stored(service, span)) {
            long minute = Math.floorDiv(stored.start, MINUTE_MILLIS);
            boolean inside = !Grid.crossed(stored.start, stored.end, MINUTE_MILLIS)
                    && minute * MINUTE_MILLIS >= span.from()
                    && (minute + 1) * MINUTE_MILLIS <= span.to();
            if (!inside) {
                rows.add(new Row(stored.sender, stored.end, List.of(stored.id)));
                continue;
            }
            minutes.computeIfAbsent(new SenderMinute(stored.sender, minute), absent -> new ArrayList<>())
                    .add(stored.id);
        }
        minutes.forEach((at, ids) -> rows.add(new Row(at.sender, (at.minute + 1) * MINUTE_MILLIS, ids)));
        rows.sort(Comparator.comparingLong(Row::end));
        return rows;
    }

    private List<Stored> stored(long service, Boundaries.Span span) throws SQLException {
        List<Stored> rows = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("""
                SELECT id, sender, start_time, end_time FROM raw
                WHERE service = ? AND end_time > ? AND end_time <= ? AND start_time >= ?
                ORDER BY end_time, id
                """)) {
            query.setLong(1, service);
            query.setLong(2, span.from());
            query.setLong(3, span.to());
            query.setLong(4, span.from());
            try (ResultSet result = query.executeQuery()) {
                while (result.next()) {
                    rows.add(new Stored(result.getLong(1), result.getLong(2), result.getLong(3), result.getLong(4)));
                }
            }
        }
        return rows;
    }

    StoredWindow load(Row row) throws SQLException {
        return row.windows() == 1 ? load(row.ids.get(0)) : merged(row);
    }

    private StoredWindow merged(Row row) throws SQLException {
        StoredWindow held = cache.get(row.ids);
        if (held != null) {
            return held;
        }
        Totals totals = new Totals(series, Set.of(), true);
        int weight = 0;
        for (Long id : row.ids) {
            StoredWindow part = load(id);
            totals.add(row.sender, part);
            weight += part.weight();
        }
        StoredWindow merged = StoredWindow.merged(totals, row.windows(), weight);
        cache.put(List.copyOf(row.ids), merged);
        return merged;
    }

    private StoredWindow load(Long id) throws SQLException {
        StoredWindow held = cache.get(id);
        if (held != null) {
            return held;
        }
        try (PreparedStatement query = connection.prepareStatement("SELECT points FROM raw WHERE id = ?")) {
            query.setLong(1, id);
            try (ResultSet result = query.executeQuery()) {
                // Gone between the two reads: older than the retention.
                byte[] points = result.next() ? result.getBytes(1) : new byte[0];
                StoredWindow window = StoredWindow.decode(points);
                cache.put(id, window);
                return window;
            }
        }
    }
}
