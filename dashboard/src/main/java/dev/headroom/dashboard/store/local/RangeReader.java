package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.Reading;
import dev.headroom.dashboard.store.Selection;
import dev.headroom.dashboard.store.TimeRange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads ranges and slices of one service over one connection. Used by one thread at a time. */
final class RangeReader {
    private final Connection connection;
    private final SeriesDictionary series;
    private final Windows windows;
    private final Selection selection;

    RangeReader(Connection connection, SeriesDictionary series, WindowCache cache, Selection selection) {
        this.connection = connection;
        this.series = series;
        this.windows = new Windows(connection, series, cache);
        this.selection = selection;
    }

    Reading whole() throws SQLException {
        Service service = service();
        Boundaries.Span span = boundaries(service)
                .around(
                        Grid.down(selection.range().from()),
                        Grid.up(selection.range().to()));
        return reading(span, windows.coarse(service.id, span), instances(service.id));
    }

    List<Reading> slices(Duration step) throws SQLException {
        Service service = service();
        Boundaries boundaries = boundaries(service);
        Boundaries.Span span = boundaries.around(
                Grid.down(selection.range().from()), Grid.up(selection.range().to()));
        List<Windows.Row> rows = windows.fine(service.id, span);
        Map<Long, String> instances = instances(service.id);
        List<Reading> slices = new ArrayList<>();
        long stepMillis = Grid.up(step);
        int next = 0;
        long from = span.from();
        for (long edge = span.from() + stepMillis; from < span.to(); edge += stepMillis) {
            long to = Math.min(span.to(), boundaries.notBefore(edge));
            if (to <= from) {
                continue;
            }
            List<Windows.Row> inside = new ArrayList<>();
            while (next < rows.size() && rows.get(next).end() <= to) {
                inside.add(rows.get(next++));
            }
            slices.add(reading(new Boundaries.Span(from, to), inside, instances));
            from = to;
        }
        return slices;
    }

    private Reading reading(Boundaries.Span span, List<Windows.Row> rows, Map<Long, String> instances)
            throws SQLException {
        Totals totals = new Totals(series, selection.metrics(), selection.perInstance());
        int counted = 0;
        for (Windows.Row row : rows) {
            totals.add(row.sender(), windows.load(row));
            counted += row.windows();
        }
        TimeRange range = new TimeRange(Instant.ofEpochMilli(span.from()), Instant.ofEpochMilli(span.to()));
        return new Reading(range, totals.series(instances), counted);
    }

    private record Service(long id, long longest) {}

    /** Id 0, which no row has, for a service that never reported. */
    private Service service() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT id, longest FROM service WHERE name = ?")) {
            query.setString(1, selection.service());
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? new Service(row.getLong(1), row.getLong(2)) : new Service(0, 0);
            }
        }
    }

    private Boundaries boundaries(Service service) {
        return new Boundaries(connection, service.id, service.longest);
    }

    private Map<Long, String> instances(long service) throws SQLException {
        Map<Long, String> instances = new HashMap<>();
        try (PreparedStatement query =
                connection.prepareStatement("SELECT id, instance FROM sender WHERE service = ?")) {
            query.setLong(1, service);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    instances.put(rows.getLong(1), rows.getString(2));
                }
            }
        }
        return instances;
    }
}
