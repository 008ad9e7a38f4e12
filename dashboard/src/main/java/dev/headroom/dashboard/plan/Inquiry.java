package dev.headroom.dashboard.plan;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.ServiceLoader;

/**
 * A connection of its own to a database, for a few plans: it may only read, each question has a timeout, and whatever it did is rolled
 * back at the end. Used by one thread.
 */
final class Inquiry implements AutoCloseable {
    private static final int LONGEST_MESSAGE = 300;

    private final Connection connection;
    private final PlanSource source;

    private Inquiry(Connection connection, PlanSource source) {
        this.connection = connection;
        this.source = source;
    }

    static Inquiry open(PlanProperties.Database database, Duration timeout) throws SQLException {
        PlanSource source = PlanSource.of(database.url());
        if (source == null) {
            throw new SQLException("of the URL is neither PostgreSQL, MySQL, MariaDB nor H2");
        }
        Connection connection = connect(database, timeout);
        try {
            connection.setReadOnly(true);
            source.prepare(connection, timeout);
            connection.setAutoCommit(false);
            return new Inquiry(connection, source);
        } catch (SQLException refused) {
            connection.close();
            throw refused;
        }
    }

    private static Connection connect(PlanProperties.Database database, Duration timeout) throws SQLException {
        Properties properties = new Properties();
        if (database.user() != null && !database.user().isEmpty()) {
            properties.setProperty("user", database.user());
            properties.setProperty("password", database.password() == null ? "" : database.password());
        }
        String url = database.url();
        String seconds = String.valueOf(Math.max(1, timeout.toSeconds()));
        if (url.startsWith("jdbc:postgresql:")) {
            properties.setProperty("connectTimeout", seconds);
            properties.setProperty("socketTimeout", seconds);
            properties.setProperty("ApplicationName", "headroom-plans");
            // The other way of asking wants a value for every placeholder that EXPLAIN only talks about.
            properties.setProperty("preferQueryMode", "simple");
        } else if (!url.startsWith("jdbc:h2:")) {
            properties.setProperty("connectTimeout", String.valueOf(timeout.toMillis()));
            properties.setProperty("socketTimeout", String.valueOf(2 * timeout.toMillis()));
        }
        for (Driver driver : ServiceLoader.load(Driver.class, Inquiry.class.getClassLoader())) {
            Connection connection = driver.acceptsURL(url) ? driver.connect(url, properties) : null;
            if (connection != null) {
                return connection;
            }
        }
        throw new SQLException("no driver for the URL");
    }

    /** @param statement that {@link Explainable} does not refuse */
    Plan explain(String statement) throws SQLException {
        try {
            return source.explain(connection, statement);
        } finally {
            connection.rollback();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /** What a database said, in a line. */
    static String said(SQLException failure) {
        String message =
                String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        return message.substring(0, Math.min(LONGEST_MESSAGE, message.length()));
    }
}
