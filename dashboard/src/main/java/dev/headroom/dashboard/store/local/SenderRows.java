package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.Instance;
import dev.headroom.dashboard.store.Sender;
import dev.headroom.dashboard.store.StreamStates;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a raw file knows of senders. Stateless and thread-safe. */
final class SenderRows {
    private SenderRows() {}

    static Optional<StreamStates> streams(Connection connection, Sender sender) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("""
                SELECT streams FROM sender JOIN service ON service.id = sender.service
                WHERE service.name = ? AND instance = ? AND streams IS NOT NULL
                """)) {
            query.setString(1, sender.service());
            query.setString(2, sender.instance());
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(new StreamStates(row.getBytes(1))) : Optional.empty();
            }
        }
    }

    /** Sorted. */
    static List<String> services(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("""
                        SELECT name FROM service
                        WHERE EXISTS (SELECT 1 FROM sender WHERE sender.service = service.id) ORDER BY name
                        """);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    /** Newest report first. */
    static List<Instance> instances(Connection connection, String service) throws SQLException {
        List<Instance> instances = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("""
                SELECT instance, resource, first_report, last_report, coalesce(sequence, 0), coalesce(gaps, 0),
                  coalesce(duplicates, 0)
                FROM sender JOIN service ON service.id = sender.service
                LEFT JOIN cursor ON cursor.sender = sender.id AND cursor.signal = 'm'
                WHERE service.name = ? ORDER BY last_report DESC, instance
                """)) {
            query.setString(1, service);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    instances.add(instance(service, rows));
                }
            }
        }
        return instances;
    }

    private static Instance instance(String service, ResultSet row) throws SQLException {
        return new Instance(
                service,
                row.getString(1),
                Keys.readMap(row.getBytes(2)),
                Instant.ofEpochMilli(row.getLong(3)),
                Instant.ofEpochMilli(row.getLong(4)),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7));
    }
}
