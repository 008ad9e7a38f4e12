package dev.headroom.core.hook.jdbc;

import dev.headroom.harness.AppUnderTest;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** An application that runs a known number of statements of each kind: see {@link #CALLS} and {@link #ROWS}. */
class EveryCall implements AppUnderTest {
    static final int CALLS = 15;
    static final int ROWS = 1 + 3 + 5 + 3 + 20 + 3 + 2;

    /** System properties that name the driver and the URL. */
    static final String DRIVER = "headroom.test.driver";

    static final String URL = "headroom.test.url";

    static Connection connect() throws Exception {
        Driver driver = (Driver) Class.forName(
                        System.getProperty(DRIVER), true, Thread.currentThread().getContextClassLoader())
                .getDeclaredConstructor()
                .newInstance();
        Properties credentials = new Properties();
        credentials.setProperty("user", "postgres");
        credentials.setProperty("password", "secret");
        return driver.connect(System.getProperty(URL), credentials);
    }

    @Override
    public Object run() throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            connection.isValid(1);
            statement.execute("create table pets (id int primary key, name varchar(50))");
            statement.executeUpdate("insert into pets values (1, 'secret')");
            try (PreparedStatement insert = connection.prepareStatement("insert into pets(id, name) values (?, ?)")) {
                for (int id = 2; id <= 4; id++) {
                    bind(insert, id).executeUpdate();
                }
                for (int id = 5; id <= 9; id++) {
                    bind(insert, id).addBatch();
                }
                insert.executeBatch();
                statement.addBatch("insert into pets values (20, 'x')");
                statement.addBatch("insert into pets values (21, 'y')");
                statement.addBatch("delete from pets where id = 20");
                statement.executeBatch();
                read(connection);
                fail(statement);
                connection.setAutoCommit(false);
                bind(insert, 30).executeUpdate();
                connection.rollback();
                bind(insert, 31).executeUpdate();
                connection.commit();
                connection.setAutoCommit(true); // some drivers commit once more for it
            }
        }
        return null;
    }

    private static PreparedStatement bind(PreparedStatement insert, int id) throws SQLException {
        insert.setInt(1, id);
        insert.setString(2, "secret " + id);
        return insert;
    }

    private static void read(Connection connection) throws SQLException {
        try (PreparedStatement select =
                        connection.prepareStatement("select id, name from pets where id > ? order by id");
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < 2; i++) {
                select.setInt(1, 0);
                try (ResultSet pets = select.executeQuery()) {
                    while (pets.next()) {
                        pets.getString(2);
                    }
                }
            }
            statement.execute("select name from pets where id in (1, 2, 3)");
            try (ResultSet pets = statement.getResultSet()) {
                while (pets.next()) {
                    pets.getString(1);
                }
            }
        }
    }

    private static void fail(Statement statement) {
        try {
            statement.executeQuery("select missing from nowhere where a = 'secret'");
            throw new AssertionError("a missing table was found");
        } catch (SQLException expected) {
            // The application sees the driver's own exception.
        }
    }
}
