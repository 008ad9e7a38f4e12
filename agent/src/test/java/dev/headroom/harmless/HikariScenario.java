package dev.headroom.harmless;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A pool of one connection: borrowed in turn, asked for in vain, used when closed. */
final class HikariScenario implements EveryHook.Scenario {
    private static final int GIVE_UP_MILLIS = 250;

    @Override
    public void play(Transcript transcript) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("every-pool");
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(GIVE_UP_MILLIS);
        config.setJdbcUrl("jdbc:h2:mem:everypool");
        HikariDataSource pool = new HikariDataSource(config);
        for (int i = 0; i < EveryHook.TIMES; i++) {
            transcript.tell("borrow", () -> {
                try (Connection connection = pool.getConnection()) {
                    return select(connection);
                }
            });
        }
        transcript.tell("in vain", () -> {
            try (Connection only = pool.getConnection()) {
                transcript.tell("second", pool::getConnection);
                return select(only);
            }
        });
        transcript.tell("given back", () -> {
            Connection connection = pool.getConnection();
            connection.close();
            return select(connection);
        });
        pool.close();
        transcript.tell("closed pool", pool::getConnection);
        config.setJdbcUrl("jdbc:h2:mem:everypool;IFEXISTS=TRUE;NONSENSE=1");
        transcript.tell("no database", () -> new HikariDataSource(config));
    }

    private static int select(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select 42")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
