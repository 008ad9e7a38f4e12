package dev.headroom.core.hook.jdbc;

import dev.headroom.core.hook.Getter;
import dev.headroom.core.hook.Getters;
import dev.headroom.core.hook.Probe;
import dev.headroom.core.hook.WeakIdentityMap;
import dev.headroom.core.hook.jdbc.SqlShape.Measured;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.PerThread;
import dev.headroom.core.record.Recorder;
import dev.headroom.sql.SqlFingerprint;
import org.jspecify.annotations.Nullable;

/** The probes of Vert.x' SQL clients. Thread-safe. */
final class VertxSqlCalls {
    private static final int MAX_CONNECTIONS = 20_000;
    private static final int MAX_QUERIES = 20_000;
    private static final String[][] CLIENTS = {
        {"io.vertx.pgclient.", "postgresql"},
        {"io.vertx.mysqlclient.", "mysql"},
        {"io.vertx.mssqlclient.", "microsoft.sql_server"},
        {"io.vertx.db2client.", "ibm.db2"},
        {"io.vertx.oracleclient.", "oracle.db"},
    };

    private final Recorder recorder;
    private final SqlShapes shapes = new SqlShapes();
    private final NamedDatabases databases = new NamedDatabases();
    private final WeakIdentityMap<Database> byConnection = new WeakIdentityMap<>(MAX_CONNECTIONS);
    private final WeakIdentityMap<VertxSqlRun> byCollector = new WeakIdentityMap<>(MAX_QUERIES);
    private final Getter collector = new Getter("resultHandler");
    private final Getter sql = new Getter("sql");
    private final Getter batch = new Getter("isBatch");

    private final PerThread<SqlFingerprint> fingerprints = new PerThread<SqlFingerprint>() {
        @Override
        protected SqlFingerprint initial() {
            return new SqlFingerprint();
        }
    };

    /** Enter with connection and options. */
    final Probe opened = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object connection, @Nullable Object options, @Nullable Object b) {
            if (connection != null) {
                byConnection.put(connection, databases.of(system(connection), Getters.text(options, "getDatabase")));
            }
            return null;
        }
    };

    /** Enter with the collector of the results, on the thread that asks for them. */
    final Probe made = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object itself, @Nullable Object a, @Nullable Object b) {
            if (itself != null) {
                byCollector.put(itself, new VertxSqlRun(CallStack.current()));
            }
            return null;
        }
    };

    /** Enter with connection and command. */
    final Probe scheduled = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object connection, @Nullable Object command, @Nullable Object b) {
            Object of = collector.of(command);
            VertxSqlRun run = connection == null || of == null ? null : byCollector.get(of);
            String text = run == null ? null : sql.text(command);
            if (run != null && text != null && connection != null) {
                run.begin(measured(connection, text, batch.isTrue(command)), recorder.nanos());
            }
            return null;
        }
    };

    /** Mark the collector with rows read, or as a negative one less than rows changed. */
    final Probe counted = new Probe() {
        @Override
        public void mark(@Nullable Object itself, long rows) {
            VertxSqlRun run = itself == null ? null : byCollector.get(itself);
            if (run != null) {
                run.result(rows);
            }
        }
    };

    /** Exit with the collector and the failure. */
    final Probe ended = new Probe() {
        @Override
        public void exit(Object itself, @Nullable Object result, @Nullable Throwable failure) {
            VertxSqlRun run = byCollector.remove(itself);
            if (run != null) {
                run.end(
                        recorder.nanos(),
                        failure == null ? null : failure.getClass().getName());
            }
        }
    };

    /** @param hook its name: when it is switched off, what is open is forgotten */
    VertxSqlCalls(Recorder recorder, String hook) {
        this.recorder = recorder;
        recorder.gauges(sink -> {
            byConnection.purge();
            byCollector.purge();
        });
        recorder.switches().whenOff(hook, new Runnable() {
            @Override
            public void run() {
                byCollector.clear();
            }
        });
    }

    private Measured measured(Object connection, String text, boolean batched) {
        Database known = byConnection.get(connection);
        Database database = known == null ? databases.of(system(connection), null) : known;
        SqlShape shape = shapes.of(text, database.dialect, fingerprints.get());
        return (batched ? shape.batched() : shape).in(database, recorder);
    }

    private static String system(Object connection) {
        String name = connection.getClass().getName();
        for (String[] client : CLIENTS) {
            if (name.startsWith(client[0])) {
                return client[1];
            }
        }
        return "other_sql";
    }
}
