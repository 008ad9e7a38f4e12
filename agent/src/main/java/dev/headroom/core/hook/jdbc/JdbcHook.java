package dev.headroom.core.hook.jdbc;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.HookId;
import dev.headroom.core.hook.JoinPoint;
import dev.headroom.core.hook.Probe;
import dev.headroom.core.hook.TypeTarget;
import dev.headroom.core.record.Recorder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.CachedQuery;

/**
 * Times SQL statements of any JDBC driver and counts their rows. Changes no text, wraps no object, sends no query.
 *
 * <p>The text of a prepared statement comes from the driver's own field where one is known, see {@link #keptTexts}; for all other
 * drivers it is remembered from {@code prepareStatement} until {@code close}.
 */
public final class JdbcHook extends Hook {
    private final JdbcCalls calls;
    private final Probe prepared;
    private final Probe told;

    public JdbcHook(Recorder recorder) {
        super("jdbc", "JDBC", "any driver");
        calls = new JdbcCalls(recorder);
        recorder.switches().whenOff(name(), new Runnable() {
            @Override
            public void run() {
                calls.forgetOpen();
            }
        });
        prepared = new StatementProbes.Prepared(calls);
        told = new JdbcProbes.Told(calls);
        implementing("java.sql.Driver")
                .weave(method("connect", "java.lang.String", "java.util.Properties")
                        .advice(nested("Connected"))
                        .probe(new JdbcProbes.Connected(calls)));
        connections();
        statements(implementing("java.sql.Statement"));
        preparedRuns(implementing("java.sql.PreparedStatement"));
        parameters(implementing("java.sql.PreparedStatement"));
        rows(implementing("java.sql.ResultSet"));
        // SQLite declares these one class above the one that implements the interface.
        statements(type("org.sqlite.jdbc3.JDBC3Statement"));
        rows(type("org.sqlite.jdbc3.JDBC3ResultSet"));
        parameters(type("org.sqlite.jdbc3.JDBC3PreparedStatement"));
        fetches();
        keptTexts();
        preparedRuns(type("org.sqlite.jdbc3.JDBC3PreparedStatement"));
    }

    @Override
    public @Nullable String familyPrefix() {
        return "java.sql.";
    }

    /** Statements remembered now; for tests. */
    int remembered() {
        return calls.remembered();
    }

    private void connections() {
        Probe text = new JdbcProbes.PreparedText(calls);
        implementing("java.sql.Connection")
                .weave(
                        anyMethod("createStatement").advice(nested("Results")).probe(new JdbcProbes.Created(calls)),
                        anyMethod("prepareStatement").advice(nested("Prepared")).probe(text),
                        anyMethod("prepareCall").advice(nested("Prepared")).probe(text),
                        method("isValid", "int").advice(Advices.TIMED).probe(new StatementProbes.Silence(calls)),
                        method("setAutoCommit", "boolean")
                                .advice(nested("AutoCommit"))
                                .probe(new StatementProbes.AutoCommit(calls)),
                        method("close").advice(Advices.CALLED).probe(new StatementProbes.ConnectionClosed(calls)),
                        method("commit")
                                .advice(Advices.TIMED)
                                .probe(new StatementProbes.TransactionEnd(calls, "COMMIT", Transactions.COMMIT)),
                        method("rollback")
                                .advice(Advices.TIMED)
                                .probe(new StatementProbes.TransactionEnd(calls, "ROLLBACK", Transactions.ROLLBACK)));
    }

    private void statements(TypeTarget target) {
        Probe text = new StatementProbes.Text(calls);
        Probe batch = new StatementProbes.Batch(calls);
        target.weave(
                method("executeQuery", "java.lang.String")
                        .advice(Advices.TIMED_ARGUMENT)
                        .probe(text),
                method("executeBatch").advice(Advices.TIMED).probe(batch),
                method("executeLargeBatch").advice(Advices.TIMED).probe(batch),
                method("addBatch", "java.lang.String")
                        .advice(nested("CalledArgument"))
                        .probe(new JdbcProbes.Batched(calls)),
                method("clearBatch").advice(Advices.CALLED).probe(new JdbcProbes.BatchCleared(calls)),
                method("getResultSet").advice(nested("Results")).probe(new JdbcProbes.Results(calls)),
                method("close").advice(Advices.CALLED).probe(new JdbcProbes.Closed(calls)));
        for (String[] parameters : new String[][] {
            {"java.lang.String"},
            {"java.lang.String", "int"},
            {"java.lang.String", "int[]"},
            {"java.lang.String", "java.lang.String[]"}
        }) {
            target.weave(
                    method("execute", parameters).advice(Advices.TIMED_ARGUMENT).probe(text),
                    method("executeUpdate", parameters)
                            .advice(nested("ChangedArgument"))
                            .probe(text),
                    method("executeLargeUpdate", parameters)
                            .advice(nested("ChangedArgument"))
                            .probe(text));
        }
    }

    private void preparedRuns(TypeTarget target) {
        target.weave(
                method("execute").advice(Advices.TIMED).probe(prepared),
                method("executeQuery").advice(Advices.TIMED).probe(prepared),
                method("executeUpdate").advice(nested("Changed")).probe(prepared),
                method("executeLargeUpdate").advice(nested("Changed")).probe(prepared));
    }

    /** How many rows a query is to skip may be a parameter. */
    private void parameters(TypeTarget target) {
        Probe set = new JdbcProbes.Parameter(calls);
        String object = "java.lang.Object";
        target.weave(
                method("setInt", "int", "int").advice(ParameterAdvices.NUMBER).probe(set),
                method("setLong", "int", "long").advice(ParameterAdvices.NUMBER).probe(set),
                method("setObject", "int", object)
                        .advice(ParameterAdvices.OBJECT)
                        .probe(set),
                method("setObject", "int", object, "int")
                        .advice(ParameterAdvices.OBJECT)
                        .probe(set));
    }

    private void rows(TypeTarget target) {
        target.weave(
                method("next").advice(nested("Row")).probe(new JdbcProbes.Row(calls)),
                method("close").advice(Advices.CALLED).probe(new JdbcProbes.ResultClosed(calls)));
    }

    /** Drivers that fetch rows piece by piece, each with a round trip of its own. */
    private void fetches() {
        Probe fetch = new JdbcProbes.Fetch(calls);
        type("org.postgresql.core.v3.QueryExecutorImpl")
                .weave(anyMethod("fetch").advice(Advices.TIMED).probe(fetch));
        for (String cursor :
                new String[] {"com.mysql.cj.protocol.a.result.ResultsetRowsCursor", "com.mysql.jdbc.RowDataCursor"}) {
            type(cursor)
                    .weave(method("fetchMoreRows")
                            .needs(cursor, "lastRowFetched")
                            .advice(nested("CursorFetch"))
                            .probe(fetch));
        }
        type("com.microsoft.sqlserver.jdbc.SQLServerResultSet")
                .weave(method("doServerFetch", "int", "int", "int")
                        .advice(Advices.TIMED)
                        .probe(fetch));
        type("oracle.jdbc.driver.OracleStatement")
                .weave(method("fetchMoreRows", "long").advice(Advices.TIMED).probe(fetch));
    }

    /** Drivers whose statements keep the text in a field: nothing is remembered, and what was prepared earlier is known too. */
    private void keptTexts() {
        String query = "org.postgresql.core.Query";
        String postgres = "org.postgresql.jdbc.PgPreparedStatement";
        for (String run : new String[] {
            "execute",
            "executeQuery",
            "executeUpdate",
            "executeLargeUpdate",
            "executeBatch",
            "transformQueriesAndParameters"
        }) {
            type(postgres)
                    .weave(method(run)
                            .needs(postgres, "preparedQuery")
                            .needs("org.postgresql.core.CachedQuery", "query")
                            .needs(query, "getNativeSql")
                            .advice(nested("PostgresText"))
                            .probe(told));
        }
        kept("com.mysql.jdbc.PreparedStatement", "originalSql", "OriginalSql");
        kept("org.mariadb.jdbc.ClientSidePreparedStatement", "sqlQuery", "SqlQuery");
        kept("org.mariadb.jdbc.ServerSidePreparedStatement", "sql", "Sql");
        kept("org.mariadb.jdbc.ClientPreparedStatement", "sql", "Sql");
        kept("org.mariadb.jdbc.ServerPreparedStatement", "sql", "Sql");
        kept("org.mariadb.jdbc.BasePreparedStatement", "sql", "Sql");
        // Where a class above runs the batch, or the large update, what it calls within knows the text.
        keptBy(method("executeBatchInternal"), "com.mysql.jdbc.PreparedStatement", "originalSql", "OriginalSql");
        keptBy(
                method("executeInternal", "int"),
                "org.mariadb.jdbc.ClientSidePreparedStatement",
                "sqlQuery",
                "SqlQuery");
        keptBy(method("executeInternal", "int"), "org.mariadb.jdbc.ServerSidePreparedStatement", "sql", "Sql");
        // Its prepareCall reads what the procedure looks like with a statement that it prepares this way.
        type("com.mysql.cj.jdbc.ConnectionImpl")
                .weave(anyMethod("clientPrepareStatement")
                        .advice(nested("Prepared"))
                        .probe(new JdbcProbes.PreparedText(calls)));
        kept("com.microsoft.sqlserver.jdbc.SQLServerPreparedStatement", "userSQL", "UserSql");
        kept("org.h2.jdbc.JdbcPreparedStatement", "sqlStatement", "SqlStatement");
        kept("org.hsqldb.jdbc.JDBCPreparedStatement", "sql", "Sql");
        kept("org.sqlite.jdbc3.JDBC3PreparedStatement", "sql", "Sql");
        kept("org.sqlite.core.CorePreparedStatement", "sql", "Sql");
    }

    private void kept(String type, String field, String advice) {
        for (String run : new String[] {
            "execute", "executeQuery", "executeUpdate", "executeLargeUpdate", "executeBatch", "executeLargeBatch"
        }) {
            keptBy(method(run), type, field, advice);
        }
    }

    private void keptBy(JoinPoint run, String type, String field, String advice) {
        type(type).weave(run.needs(type, field).advice(nested(advice)).probe(told));
    }

    static final class Connected {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static Object enter(@HookId int hook) {
            return HeadroomBridge.live.enter(hook, null, null, null);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.Enter Object token,
                @Advice.Argument(0) String url,
                @Advice.Return(typing = Assigner.Typing.DYNAMIC) Object connection,
                @Advice.Thrown Throwable thrown) {
            if (token != null) {
                HeadroomBridge.live.exit(hook, token, null, thrown);
            }
            if (connection != null) {
                HeadroomBridge.live.enter(hook, connection, url, null);
            }
        }
    }

    static final class AutoCommit {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static Object enter(@HookId int hook, @Advice.This Object connection, @Advice.Argument(0) boolean on) {
            return HeadroomBridge.live.enter(hook, connection, on ? connection : null, null);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(@HookId int hook, @Advice.Enter Object token, @Advice.Thrown Throwable thrown) {
            if (token != null) {
                HeadroomBridge.live.exit(hook, token, null, thrown);
            }
        }
    }

    /** Behind the last row it is called once more, and asks nobody. */
    static final class CursorFetch {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter(@HookId int hook, @Advice.FieldValue("lastRowFetched") boolean over) {
            return over ? null : HeadroomBridge.live.enter(hook, null, null, null);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(@HookId int hook, @Advice.Enter Object token, @Advice.Thrown Throwable thrown) {
            if (token != null) {
                HeadroomBridge.live.exit(hook, token, null, thrown);
            }
        }
    }

    static final class Prepared {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.This Object connection,
                @Advice.Argument(value = 0, typing = Assigner.Typing.DYNAMIC) Object sql,
                @Advice.Return(typing = Assigner.Typing.DYNAMIC) Object statement) {
            HeadroomBridge.live.enter(hook, statement, sql, connection);
        }
    }

    /** Enter with {@code this} and what the method returned. */
    static final class Results {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.This Object statement,
                @Advice.Return(typing = Assigner.Typing.DYNAMIC) Object resultSet) {
            HeadroomBridge.live.enter(hook, statement, resultSet, null);
        }
    }

    static final class CalledArgument {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(@HookId int hook, @Advice.This Object self, @Advice.Argument(0) String argument) {
            HeadroomBridge.live.enter(hook, self, argument, null);
        }
    }

    /** Timed, and the number returned is one of rows; it is never boxed. */
    static final class Changed {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static Object enter(@HookId int hook, @Advice.This Object self) {
            return HeadroomBridge.live.enter(hook, self, null, null);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.Enter Object token,
                @Advice.Return long rows,
                @Advice.Thrown Throwable thrown) {
            if (token != null) {
                HeadroomBridge.live.mark(hook, token, rows);
                HeadroomBridge.live.exit(hook, token, null, thrown);
            }
        }
    }

    static final class ChangedArgument {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static Object enter(@HookId int hook, @Advice.This Object self, @Advice.Argument(0) String argument) {
            return HeadroomBridge.live.enter(hook, self, argument, null);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.Enter Object token,
                @Advice.Return long rows,
                @Advice.Thrown Throwable thrown) {
            if (token != null) {
                HeadroomBridge.live.mark(hook, token, rows);
                HeadroomBridge.live.exit(hook, token, null, thrown);
            }
        }
    }

    static final class Row {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static Object enter(@HookId int hook, @Advice.This Object self) {
            return HeadroomBridge.live.enter(hook, self, null, null);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(@HookId int hook, @Advice.Enter Object token, @Advice.Return boolean more) {
            if (token != null) {
                HeadroomBridge.live.mark(hook, token, more ? 1 : 0);
            }
        }
    }

    /** With {@code $1} for parameters, as it was sent; a statement keeps the one string. */
    static final class PostgresText {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @HookId int hook, @Advice.This Object self, @Advice.FieldValue("preparedQuery") CachedQuery kept) {
            HeadroomBridge.live.enter(hook, self, kept.query.getNativeSql(), null);
        }
    }

    static final class Sql {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(@HookId int hook, @Advice.This Object self, @Advice.FieldValue("sql") String kept) {
            HeadroomBridge.live.enter(hook, self, kept, null);
        }
    }

    static final class SqlQuery {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(@HookId int hook, @Advice.This Object self, @Advice.FieldValue("sqlQuery") String kept) {
            HeadroomBridge.live.enter(hook, self, kept, null);
        }
    }

    static final class OriginalSql {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(@HookId int hook, @Advice.This Object self, @Advice.FieldValue("originalSql") String kept) {
            HeadroomBridge.live.enter(hook, self, kept, null);
        }
    }

    static final class UserSql {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(@HookId int hook, @Advice.This Object self, @Advice.FieldValue("userSQL") String kept) {
            HeadroomBridge.live.enter(hook, self, kept, null);
        }
    }

    static final class SqlStatement {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(@HookId int hook, @Advice.This Object self, @Advice.FieldValue("sqlStatement") String kept) {
            HeadroomBridge.live.enter(hook, self, kept, null);
        }
    }
}
