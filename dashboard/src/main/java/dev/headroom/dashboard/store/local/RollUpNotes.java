package dev.headroom.dashboard.store.local;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** Puts copies of files back to one moment, as far as roll-ups are concerned. Stateless. */
final class RollUpNotes {
    private RollUpNotes() {}

    /** A raw file: everything in it is to be rolled up (again). */
    static void again(Connection raw) throws SQLException {
        try (Statement statement = raw.createStatement()) {
            statement.executeUpdate("DELETE FROM todo");
            statement.executeUpdate("DELETE FROM todo_ten");
            statement.executeUpdate("INSERT INTO todo (service, minute, first, last) SELECT service, (end_time - 1) / "
                    + Pending.MINUTE_MILLIS + " * " + Pending.MINUTE_MILLIS
                    + " AS minute, min(id), max(id) FROM raw GROUP BY service, minute");
        }
    }

    /**
     * A tier's file: without what came from that raw file and later ones.
     *
     * @param source number of the raw file
     */
    static void forget(Connection tier, long source) throws SQLException {
        try (PreparedStatement delete = tier.prepareStatement("DELETE FROM cell WHERE source >= ?")) {
            delete.setLong(1, source);
            delete.executeUpdate();
        }
    }
}
