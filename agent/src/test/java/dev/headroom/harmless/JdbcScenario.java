package dev.headroom.harmless;

import java.lang.reflect.InvocationHandler;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;

/** H2 for what JDBC gives, {@link OwnDriver} for every call that a driver gets and in which order. */
final class JdbcScenario implements EveryHook.Scenario {
    @Override
    public void play(Transcript transcript) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:every");
                Statement statement = connection.createStatement()) {
            transcript.tell(
                    "create", () -> statement.execute("create table pet (id int primary key, name varchar(9))"));
            for (int i = 0; i < EveryHook.TIMES; i++) {
                use(transcript, connection, statement, i);
            }
            connection.close();
            transcript.tell("closed", () -> statement.execute("select 1"));
            transcript.tell("no such driver", () -> DriverManager.getConnection("jdbc:nobody:x"));
        }
        everyCall(transcript);
    }

    private static void use(Transcript transcript, Connection connection, Statement statement, int i) {
        transcript.tell("insert", () -> statement.executeUpdate("insert into pet values (" + i + ", 'p')"));
        transcript.tell("twice", () -> statement.executeUpdate("insert into pet values (" + i + ", 'p')"));
        transcript.tell("nonsense", () -> statement.executeQuery("selekt * from pet"));
        transcript.tell("prepared", () -> {
            try (PreparedStatement select =
                    connection.prepareStatement("select id, name from pet where id <= ? order by id")) {
                select.setInt(1, i);
                return select.execute()
                        + rows(select.getResultSet())
                        + rows(select.executeQuery())
                        + select.getUpdateCount();
            }
        });
        transcript.tell(
                "unbound",
                () -> connection
                        .prepareStatement("select * from pet where id = ?")
                        .executeQuery());
        transcript.tell("batch", () -> {
            statement.addBatch("insert into pet values (" + (1000 + i) + ", 'b')");
            statement.addBatch("insert into pet values (" + i + ", 'clash')");
            statement.addBatch("delete from pet where id = " + (1000 + i));
            return statement.executeBatch();
        });
        transcript.tell("counts of the batch", () -> statement.getUpdateCount());
        transcript.tell("keys", () -> {
            statement.execute("create table if not exists key (id int auto_increment, x int)");
            statement.executeUpdate("insert into key(x) values (" + i + ")", Statement.RETURN_GENERATED_KEYS);
            return rows(statement.getGeneratedKeys());
        });
        transcript.tell("transaction", () -> {
            connection.setAutoCommit(false);
            statement.executeUpdate("update pet set name = 'q' where id = " + i);
            connection.rollback();
            statement.executeUpdate("update pet set name = 'r' where id = " + i);
            connection.commit();
            connection.setAutoCommit(true);
            return rows(statement.executeQuery("select name from pet where id = " + i)) + connection.isValid(1);
        });
    }

    private static String rows(ResultSet rows) throws SQLException {
        StringBuilder text = new StringBuilder();
        while (rows.next()) {
            text.append(rows.getString(1)).append(' ');
        }
        transcriptOfTheEnd(rows, text);
        return text.toString();
    }

    private static void transcriptOfTheEnd(ResultSet rows, StringBuilder text) throws SQLException {
        rows.close();
        try {
            rows.next();
        } catch (SQLException closed) {
            text.append(closed.getErrorCode());
        }
    }

    /** The driver's classes write down what they are asked, whoever asks. */
    private static void everyCall(Transcript transcript) throws Exception {
        List<String> calls = new ArrayList<>();
        OwnDriver.Objects objects = new OwnDriver.Objects();
        InvocationHandler asked = (target, method, given) -> {
            calls.add(target.getClass().getSimpleName() + '.' + method.getName() + Arrays.toString(given));
            if (method.getName().equals("getMetaData")) {
                objects.statement().executeQuery("select what no agent should ask");
            }
            if (calls.size() % 11 == 0 && method.getName().startsWith("execute")) {
                throw new SQLException("the eleventh call");
            }
            return objects.answer(method);
        };
        objects.make(asked);
        Driver driver = objects.driver();
        for (int i = 0; i < EveryHook.TIMES; i++) {
            transcript.tell("own driver", () -> {
                try (Connection connection = driver.connect("jdbc:own:x", new Properties());
                        Statement statement = connection.createStatement();
                        PreparedStatement prepared = connection.prepareStatement("select a from b where c = ?")) {
                    connection.setAutoCommit(false);
                    prepared.setInt(1, 7);
                    prepared.addBatch();
                    prepared.executeBatch();
                    prepared.executeLargeUpdate();
                    statement.execute("select 1");
                    statement.getResultSet().next();
                    statement.executeUpdate("update b set c = 1");
                    statement.addBatch("delete from b");
                    statement.clearBatch();
                    connection.commit();
                    return prepared.executeQuery().next();
                }
            });
        }
        calls.forEach(transcript::say);
    }
}
