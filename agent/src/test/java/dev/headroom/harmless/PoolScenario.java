package dev.headroom.harmless;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** A pool of one connection: borrowed in turn, asked for in vain, used when closed. */
abstract class PoolScenario implements EveryHook.Scenario {
    static final int GIVE_UP_MILLIS = 250;

    /** A pool of one connection, which lets its borrowers wait for {@link #GIVE_UP_MILLIS}. */
    abstract DataSource open(String url) throws SQLException;

    /** False where what is said to one who gives up differs from run to run. */
    boolean refusesInTheSameWords() {
        return true;
    }

    @Override
    public final void play(Transcript transcript) throws Exception {
        DataSource pool = open("jdbc:h2:mem:everypool");
        for (int i = 0; i < EveryHook.TIMES; i++) {
            transcript.tell("borrow", () -> {
                try (Connection connection = pool.getConnection()) {
                    return select(connection);
                }
            });
        }
        if (refusesInTheSameWords()) {
            refuse(pool, transcript);
        }
        ((AutoCloseable) pool).close();
    }

    private void refuse(DataSource pool, Transcript transcript) throws Exception {
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
        ((AutoCloseable) pool).close();
        transcript.tell("closed pool", pool::getConnection);
        transcript.tell(
                "no database",
                () -> open("jdbc:h2:mem:everypool;IFEXISTS=TRUE;NONSENSE=1").getConnection());
    }

    private static int select(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select 42")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
