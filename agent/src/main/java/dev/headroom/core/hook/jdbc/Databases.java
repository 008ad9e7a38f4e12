package dev.headroom.core.hook.jdbc;

import dev.headroom.core.hook.WeakIdentityMap;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which database a connection leads to: what the URL said that it was opened with, else what the driver's classes are called.
 * Never asks the database. Thread-safe.
 */
final class Databases {
    private static final int MAX_CONNECTIONS = 20_000;
    private static final int MAX_STATEMENTS = 100_000;

    /** Tenants with a database each; what comes later goes by its system alone. */
    private static final int MAX_DATABASES = 500;

    private static final String[][] DRIVERS = {
        {"org.postgresql.", "postgresql"},
        {"com.mysql.", "mysql"},
        {"org.mariadb.", "mariadb"},
        {"com.microsoft.sqlserver.", "microsoft.sql_server"},
        {"oracle.", "oracle.db"},
        {"org.h2.", "h2database"},
        {"org.hsqldb.", "hsqldb"},
        {"org.sqlite.", "sqlite"},
        {"org.apache.derby.", "derby"},
        {"com.ibm.db2.", "ibm.db2"},
        {"com.clickhouse.", "clickhouse"},
    };

    private final WeakIdentityMap<Database> byConnection = new WeakIdentityMap<>(MAX_CONNECTIONS);
    private final WeakIdentityMap<Database> byStatement = new WeakIdentityMap<>(MAX_STATEMENTS);
    private final ConcurrentHashMap<String, Database> known = new ConcurrentHashMap<>();
    private final Database unknown = intern("other_sql", null);
    private final ClassValue<Database> byDriver = new ClassValue<Database>() {
        @Override
        protected Database computeValue(Class<?> type) {
            for (String[] driver : DRIVERS) {
                if (type.getName().startsWith(driver[0])) {
                    return intern(driver[1], null);
                }
            }
            return unknown;
        }
    };

    /** A driver opened this connection. */
    void opened(Object connection, String url) {
        JdbcUrl parsed = JdbcUrl.parse(url);
        byConnection.put(connection, intern(parsed.system, parsed.namespace));
    }

    Database of(Connection connection, WeakIdentityMap.Lookup lookup) {
        Database opened = byConnection.get(connection, lookup);
        return opened == null ? byDriver.get(connection.getClass()) : opened;
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
     * The database of the statement's connection. Only drivers known to have a plain getter are asked for it: any other may do there
     * what it likes, even run a statement. A closed statement goes by its driver.
     */
    Database of(Statement statement, WeakIdentityMap.Lookup lookup) {
        Database driver = byDriver.get(statement.getClass());
        if (driver == unknown) {
            Database created = byStatement.get(statement, lookup);
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

    /** Whether nothing is known of the database, so that a layer's inner call may know more. */
    boolean isUnknown(Database database) {
        return database == unknown;
    }

    private Database intern(String system, @Nullable String namespace) {
        String admitted = known.size() < MAX_DATABASES ? namespace : null;
        String key = admitted == null ? system : system + '/' + namespace;
        Database database = known.get(key);
        if (database == null) {
            Database created = new Database(system, admitted);
            Database other = known.putIfAbsent(key, created);
            database = other == null ? created : other;
        }
        return database;
    }

    void purge() {
        byConnection.purge();
        byStatement.purge();
    }
}
