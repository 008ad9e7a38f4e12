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
import java.util.Set;

/** What a raw file knows of senders. Stateless and thread-safe. */
final class SenderRows {
    private static final String INSTANCE = """
            SELECT service.name, instance, resource, first_report, last_report, coalesce(sequence, 0), coalesce(gaps, 0),
              coalesce(duplicates, 0)
            FROM sender JOIN service ON service.id = sender.service
            LEFT JOIN cursor ON cursor.sender = sender.id AND cursor.signal = 'm'
            """;

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

    static List<Instance> all(Connection connection) throws SQLException {
        List<Instance> instances = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(INSTANCE);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                instances.add(instance(rows));
            }
        }
        return instances;
    }

    /** Those of the senders that the file knows. */
    static List<Instance> of(Connection connection, Set<Sender> senders) throws SQLException {
        List<Instance> instances = new ArrayList<>();
        try (PreparedStatement query =
                connection.prepareStatement(INSTANCE + " WHERE service.name = ? AND instance = ?")) {
            for (Sender sender : senders) {
                query.setString(1, sender.service());
                query.setString(2, sender.instance());
                try (ResultSet row = query.executeQuery()) {
                    if (row.next()) {
                        instances.add(instance(row));
                    }
                }
            }
        }
        return instances;
    }

    private static Instance instance(ResultSet row) throws SQLException {
        return new Instance(
                row.getString(1),
                row.getString(2),
                Keys.readMap(row.getBytes(3)),
                Instant.ofEpochMilli(row.getLong(4)),
                Instant.ofEpochMilli(row.getLong(5)),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8));
    }
}
