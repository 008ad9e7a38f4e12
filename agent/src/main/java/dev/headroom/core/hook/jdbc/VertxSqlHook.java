package dev.headroom.core.hook.jdbc;

import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.HookId;
import dev.headroom.core.record.Recorder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/**
 * Times queries of Vert.x' SQL clients, from when a connection takes them, so without the wait for one of a pool, to the end of the
 * reply, before the application hears of it. The library's own collector of results, one for each query, stands for it.
 */
public final class VertxSqlHook extends Hook {
    private static final String BUILDER = "io.vertx.sqlclient.impl.QueryResultBuilder";
    private static final String CONNECTION = "io.vertx.sqlclient.impl.SocketConnectionBase";

    public VertxSqlHook(Recorder recorder) {
        super("vertx-sql", "io.vertx:vertx-sql-client", "4.5 to 5.0");
        VertxSqlCalls calls = new VertxSqlCalls(recorder, name());
        type(BUILDER)
                .weave(
                        anyMethod("<init>").advice(nested("Made")).probe(calls.made),
                        method("tryComplete", "java.lang.Boolean")
                                .needs(BUILDER, "failure")
                                .advice(nested("Completed"))
                                .probe(calls.ended),
                        method("tryFail", "java.lang.Throwable")
                                .advice(nested("Failed"))
                                .probe(calls.ended),
                        method("complete", "java.lang.Boolean", "java.lang.Throwable")
                                .needs(BUILDER, "failure")
                                .advice(nested("Ended"))
                                .probe(calls.ended));
        for (String ofVersion : new String[] {"impl", "internal"}) {
            type(BUILDER)
                    .weave(method(
                                    "handleResult",
                                    "int",
                                    "int",
                                    "io.vertx.sqlclient." + ofVersion + ".RowDesc",
                                    "java.lang.Object",
                                    "java.lang.Throwable")
                            .advice(nested("Counted"))
                            .probe(calls.counted));
        }
        type(CONNECTION)
                .weave(anyMethod("doSchedule").advice(nested("Scheduled")).probe(calls.scheduled));
        for (String driver : new String[] {
            "io.vertx.pgclient.impl.PgSocketConnection",
            "io.vertx.mysqlclient.impl.MySQLSocketConnection",
            "io.vertx.mssqlclient.impl.MSSQLSocketConnection",
            "io.vertx.db2client.impl.DB2SocketConnection"
        }) {
            type(driver)
                    .weave(anyMethod("<init>")
                            .needs(driver, "connectOptions")
                            .advice(nested("Opened"))
                            .probe(calls.opened));
        }
    }

    /** Enter with the collector of a query's results. */
    static final class Made {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(@HookId int hook, @Advice.This Object builder) {
            HeadroomBridge.live.enter(hook, builder, null, null);
        }
    }

    /** Exit with the collector and the failure that a result brought, or null. */
    static final class Completed {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @HookId int hook, @Advice.This Object builder, @Advice.FieldValue("failure") Throwable failure) {
            HeadroomBridge.live.exit(hook, builder, null, failure);
        }
    }

    /** Exit with the collector and the failure. */
    static final class Failed {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(@HookId int hook, @Advice.This Object builder, @Advice.Argument(0) Throwable failure) {
            HeadroomBridge.live.exit(hook, builder, null, failure);
        }
    }

    /** Exit with the collector and the failure, whoever brought it. */
    static final class Ended {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @HookId int hook,
                @Advice.This Object builder,
                @Advice.FieldValue("failure") Throwable brought,
                @Advice.Argument(1) Throwable failure) {
            HeadroomBridge.live.exit(hook, builder, null, failure == null ? brought : failure);
        }
    }

    /** Mark the collector with the rows of a result, or as a negative one less than what was changed. */
    static final class Counted {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @HookId int hook,
                @Advice.This Object builder,
                @Advice.Argument(0) int changed,
                @Advice.Argument(1) int rows,
                @Advice.Argument(value = 2, typing = Assigner.Typing.DYNAMIC) Object columns) {
            HeadroomBridge.live.mark(hook, builder, columns == null ? -1L - changed : rows);
        }
    }

    /** Enter with connection and command. */
    static final class Scheduled {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @HookId int hook,
                @Advice.This Object connection,
                @Advice.Argument(value = 0, typing = Assigner.Typing.DYNAMIC) Object command) {
            HeadroomBridge.live.enter(hook, connection, command, null);
        }
    }

    /** Enter with connection and options. */
    static final class Opened {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.This Object connection,
                @Advice.FieldValue(value = "connectOptions", typing = Assigner.Typing.DYNAMIC) Object options) {
            HeadroomBridge.live.enter(hook, connection, options, null);
        }
    }
}
