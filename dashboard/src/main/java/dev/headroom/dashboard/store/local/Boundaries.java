package dev.headroom.dashboard.store.local;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Moves a range's ends so that no stored window lies across them. A merged window (after an outage) can be minutes long; the range
 * grows until it contains every window that it touches, so that a call is never counted in part nor left out.
 */
final class Boundaries {
    record Span(long from, long to) {}

    private final Connection connection;
    private final long service;
    private final long longest;

    Boundaries(Connection connection, long service, long longest) {
        this.connection = connection;
        this.service = service;
        this.longest = longest;
    }

    /** The smallest range around the given one whose ends cut no window. */
    Span around(long from, long to) throws SQLException {
        long low = from;
        for (Span cut = cutAt(low); cut != null; cut = cutAt(low)) {
            low = cut.from;
        }
        return new Span(low, notBefore(to));
    }

    /** The first time at or after {@code time} that cuts no window. */
    long notBefore(long time) throws SQLException {
        long high = time;
        for (Span cut = cutAt(high); cut != null; cut = cutAt(high)) {
            high = cut.to;
        }
        return high;
    }

    private @Nullable Span cutAt(long time) throws SQLException {
        if (longest == 0) {
            return null;
        }
        try (PreparedStatement query = connection.prepareStatement("""
                SELECT min(start_time), max(end_time) FROM raw
                WHERE service = ? AND crosses = 1 AND end_time > ? AND end_time < ? AND start_time < ?
                """)) {
            query.setLong(1, service);
            query.setLong(2, time);
            query.setLong(3, time + longest);
            query.setLong(4, time);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next() || row.getObject(1) == null) {
                    return null;
                }
                return new Span(row.getLong(1), row.getLong(2));
            }
        }
    }
}
