package dev.headroom.core.hook.jdbc;

import dev.headroom.core.hook.WeakIdentityMap;
import dev.headroom.core.hook.jdbc.SqlShape.Measured;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.PerThread;
import dev.headroom.core.record.Recorder;
import dev.headroom.sql.SqlFingerprint;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What is known of R2DBC's objects: where factories and connections lead, what statements say, which run a result belongs to.
 * Thread-safe.
 */
final class R2dbcCalls {
    private static final int MAX_FACTORIES = 1_000;
    private static final int MAX_CONNECTIONS = 20_000;
    private static final int MAX_STATEMENTS = 100_000;
    private static final int MAX_RESULTS = 20_000;
    private static final String[][] DRIVERS = {
        {"io.r2dbc.postgresql.", "postgresql"},
        {"org.mariadb.", "mariadb"},
        {"io.asyncer.r2dbc.mysql.", "mysql"},
        {"dev.miku.r2dbc.mysql.", "mysql"},
        {"io.r2dbc.mssql.", "microsoft.sql_server"},
        {"oracle.", "oracle.db"},
        {"io.r2dbc.h2.", "h2database"},
    };

    final Recorder recorder;
    final SqlShapes shapes = new SqlShapes();
    private final NamedDatabases databases = new NamedDatabases();
    private final WeakIdentityMap<Database> byFactory = new WeakIdentityMap<>(MAX_FACTORIES);
    private final WeakIdentityMap<Database> byConnection = new WeakIdentityMap<>(MAX_CONNECTIONS);
    private final WeakIdentityMap<R2dbcStatement> statements = new WeakIdentityMap<>(MAX_STATEMENTS);
    private final WeakIdentityMap<R2dbcRun> results = new WeakIdentityMap<>(MAX_RESULTS);

    /** Runs that were given up with a result that nobody reads yet. */
    private final Set<R2dbcRun> unread = ConcurrentHashMap.newKeySet();

    /** Connections on their way. */
    private final AtomicInteger opening = new AtomicInteger();

    private final PerThread<SqlFingerprint> fingerprints = new PerThread<SqlFingerprint>() {
        @Override
        protected SqlFingerprint initial() {
            return new SqlFingerprint();
        }
    };

    /** @param hook its name: when it is switched off, what is open is forgotten */
    R2dbcCalls(Recorder recorder, String hook) {
        this.recorder = recorder;
        recorder.gauges(sink -> sweep());
        recorder.switches().whenOff(hook, new Runnable() {
            @Override
            public void run() {
                statements.clear();
                results.clear();
                unread.clear();
            }
        });
    }

    private void sweep() {
        byFactory.purge();
        byConnection.purge();
        statements.purge();
        results.purge();
        for (R2dbcRun run : unread) {
            run.unread();
        }
        unread.clear();
    }

    void found(Object factory, @Nullable String namespace) {
        byFactory.put(factory, databases.of(system(factory), namespace));
    }

    void opening() {
        opening.incrementAndGet();
    }

    void openingEnded() {
        opening.decrementAndGet();
    }

    void opened(Object connection, Object factory) {
        Database known = byFactory.get(factory);
        byConnection.put(connection, known == null ? databases.of(system(factory), null) : known);
    }

    private static String system(Object ofDriver) {
        String name = ofDriver.getClass().getName();
        for (String[] driver : DRIVERS) {
            if (name.startsWith(driver[0])) {
                return driver[1];
            }
        }
        return "other_sql";
    }

    /**
     * Where the connection leads; null while its driver still sets it up, for the statements of then are not the application's. One
     * that was open before the agent came goes by its driver.
     */
    private @Nullable Database database(Object connection) {
        Database known = byConnection.get(connection);
        return known != null || opening.get() > 0 ? known : databases.of(system(connection), null);
    }

    /** A connection gave out a statement, or with null for its text a batch. */
    void created(Object statement, @Nullable String sql, Object connection) {
        Database database = database(connection);
        if (database != null) {
            statements.put(statement, new R2dbcStatement(database, sql == null ? null : shape(sql, database)));
        }
    }

    private SqlShape shape(String sql, Database database) {
        return shapes.of(sql, database.dialect, fingerprints.get());
    }

    /** @param sql null: the statement gets another set of values */
    void added(Object statement, @Nullable String sql) {
        R2dbcStatement known = statements.get(statement);
        if (known != null) {
            known.added(sql == null ? null : shape(sql, known.database));
        }
    }

    /** Of one run of the statement; null when nothing is known of it. */
    @Nullable
    Measured measured(Object statement) {
        R2dbcStatement known = statements.get(statement);
        if (known != null && statements.size() > MAX_STATEMENTS / 2) {
            statements.remove(statement);
        }
        return known == null ? null : known.measured(shapes, recorder);
    }

    /** Of the end of a transaction; null while the connection is being set up. */
    @Nullable
    Measured transactionEnd(Object connection, String operation) {
        Database database = database(connection);
        return database == null ? null : shape(operation, database).in(database, recorder);
    }

    /** A statement runs for the calling thread's request. */
    R2dbcRun begin(Measured measured, boolean statement) {
        CallStack stack = CallStack.current();
        if (statement) {
            measured.countIn(stack.request());
            if (recorder.callers().wanted()) {
                recorder.callers().ran(measured.fingerprint());
            }
        }
        return new R2dbcRun(this, measured, stack);
    }

    void gaveOut(Object result, R2dbcRun run) {
        results.put(result, run);
    }

    @Nullable
    R2dbcRun run(Object result) {
        return results.get(result);
    }

    void unread(R2dbcRun run) {
        unread.add(run);
    }

    void reads(R2dbcRun run) {
        unread.remove(run);
    }
}
