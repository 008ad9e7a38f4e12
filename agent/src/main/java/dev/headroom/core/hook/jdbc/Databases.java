package dev.headroom.core.hook.jdbc;

import dev.headroom.core.hook.WeakIdentityMap;
import dev.headroom.core.record.Recorder;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Which database a connection leads to: what the URL said that it was opened with, else what the driver's classes are called.
 * Never asks the database. Thread-safe.
 */
final class Databases {
    private static final int MAX_CONNECTIONS = 20_000;
    private static final int MAX_STATEMENTS = 100_000;

    private static final String[][] DRIVERS = {
        {"org.postgresql.", "postgresql"},
        {"com.mysql.", "mysql"},
        {"org.mariadb.", "mariadb"},
        {"com.microsoft.sqlserver.", "microsoft.sql_server"},
        {"oracle.", "oracle.db"},
        {"org.h2.", "h2database"},
        {"org.hsqldb.", "hsqldb"},
        {"org.sqlite.", "sqlite"},
        {"org.duckdb.", "duckdb"},
        {"org.apache.derby.", "derby"},
        {"com.ibm.db2.", "ibm.db2"},
        {"com.clickhouse.", "clickhouse"},
    };

    private final Recorder recorder;
    private final WeakIdentityMap<Session> byConnection = new WeakIdentityMap<>(MAX_CONNECTIONS);
    private final WeakIdentityMap<Session> byStatement = new WeakIdentityMap<>(MAX_STATEMENTS);
    private final NamedDatabases known = new NamedDatabases();
    private final Session unknown = new Session(known.of("other_sql", null));
    private final ClassValue<Session> byDriver = new ClassValue<Session>() {
        @Override
        protected Session computeValue(Class<?> type) {
            for (String[] driver : DRIVERS) {
                if (type.getName().startsWith(driver[0])) {
                    return new Session(known.of(driver[1], null));
                }
            }
            return unknown;
        }
    };

    Databases(Recorder recorder) {
        this.recorder = recorder;
    }

    /** A driver opened this connection. */
    void opened(Object connection, String url) {
        JdbcUrl parsed = JdbcUrl.parse(url);
        byConnection.put(connection, new Session(known.of(parsed.system, parsed.namespace), recorder));
    }

    Session of(Connection connection, WeakIdentityMap.Lookup lookup) {
        Session opened = byConnection.get(connection, lookup);
        return opened == null ? byDriver.get(connection.getClass()) : opened;
    }

    /** As above, but one that can have transactions, though no driver was seen to open it. */
    Session own(Connection connection, WeakIdentityMap.Lookup lookup) {
        Session opened = byConnection.get(connection, lookup);
        if (opened != null) {
            return opened;
        }
        Session shared = byDriver.get(connection.getClass());
        Session kept = byConnection.putIfAbsent(connection, new Session(shared.database, recorder));
        return kept == null ? shared : kept;
    }

    /** A connection gave out this statement. */
    void created(Object statement, Connection connection, WeakIdentityMap.Lookup lookup) {
        if (byDriver.get(statement.getClass()) == unknown) {
            byStatement.put(statement, of(connection, lookup));
        }
    }

    void closed(Object statement, WeakIdentityMap.Lookup lookup) {
        if (!byStatement.isEmpty()) {
            byStatement.remove(statement, lookup);
        }
    }

    /**
     * The session of the statement's connection. Only drivers known to have a plain getter are asked for it: any other may do there
     * what it likes, even run a statement. A closed statement goes by its driver.
     */
    Session of(Statement statement, WeakIdentityMap.Lookup lookup) {
        Session driver = byDriver.get(statement.getClass());
        if (driver == unknown) {
            Session created = byStatement.get(statement, lookup);
            return created == null ? unknown : created;
        }
        try {
            Connection connection = statement.getConnection();
            if (connection != null) {
                return of(connection, lookup);
            }
        } catch (SQLException | RuntimeException | LinkageError ignored) {
            // The call that follows will tell the application.
        }
        return driver;
    }

    /** How many columns the result has; -1 where its driver is not known to say so from memory, or does not want to. */
    int columns(ResultSet result) {
        if (byDriver.get(result.getClass()) == unknown) {
            return -1;
        }
        try {
            ResultSetMetaData columns = result.getMetaData();
            return columns == null ? -1 : columns.getColumnCount();
        } catch (SQLException | RuntimeException | LinkageError ignored) {
            return -1;
        }
    }

    /** Whether nothing is known of the database, so that a layer's inner call may know more. */
    boolean isUnknown(Database database) {
        return database == unknown.database;
    }

    /** Whatever is open, somebody else will see it end. */
    void forgetTransactions() {
        for (Session session : byConnection.values()) {
            session.forget();
        }
    }

    void purge() {
        byConnection.purge();
        byStatement.purge();
    }
}
