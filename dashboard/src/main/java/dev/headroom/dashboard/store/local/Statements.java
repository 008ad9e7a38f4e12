package dev.headroom.dashboard.store.local;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The statements of one connection, each prepared once; they close with it. Used by one thread at a time. */
final class Statements {
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    Statements(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    /** With the parameters set. The caller closes result sets, never the statement. */
    PreparedStatement with(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    void run(String sql, Object... parameters) throws SQLException {
        with(sql, parameters).executeUpdate();
    }

    /** The first column of the first row, or null where there is none. */
    @Nullable
    Long number(String sql, Object... parameters) throws SQLException {
        try (ResultSet row = with(sql, parameters).executeQuery()) {
            if (!row.next()) {
                return null;
            }
            long number = row.getLong(1);
            return row.wasNull() ? null : number;
        }
    }

    /** The new row's id. */
    long insert(String sql, Object... parameters) throws SQLException {
        run(sql, parameters);
        Long id = number("SELECT last_insert_rowid()");
        return id == null ? 0 : id;
    }
}
