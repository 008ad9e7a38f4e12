package dev.headroom.core.hook.jdbc;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.HookId;
import dev.headroom.core.hook.JoinPoint;
import dev.headroom.core.hook.Probe;
import dev.headroom.core.hook.WatchAdvice;
import dev.headroom.core.record.Recorder;
import io.r2dbc.spi.ConnectionFactoryOptions;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/**
 * Times SQL statements of any R2DBC driver that is built on Reactor, from the subscription to the end of the reply, and counts their
 * rows. What a driver returns stays what it is, with Reactor's own operators around it; no signal is added, held back or changed.
 */
public final class R2dbcHook extends Hook {
    private static final String SPI = "io.r2dbc.spi.";
    private static final String POSTGRESQL = "io.r2dbc.postgresql.";
    private static final String FUNCTION = "java.util.function.Function";

    public R2dbcHook(Recorder recorder) {
        super("r2dbc", "io.r2dbc:r2dbc-spi", "0.8 to 1.0, any driver");
        R2dbcCalls calls = new R2dbcCalls(recorder, name());
        Probe consumed = new R2dbcProbes.Consumed(calls);
        Probe changed = new R2dbcProbes.Changed(calls);
        Probe executed = new R2dbcProbes.Executed(calls);
        implementing(SPI + "ConnectionFactoryProvider")
                .weave(method("create", SPI + "ConnectionFactoryOptions")
                        .needs(SPI + "ConnectionFactoryOptions", "getValue")
                        .needs(SPI + "ConnectionFactoryOptions", "DATABASE")
                        .advice(nested("Found"))
                        .probe(new R2dbcProbes.Found(calls)));
        implementing(SPI + "ConnectionFactory").weave(watched(method("create")).probe(new R2dbcProbes.Opened(calls)));
        implementing(SPI + "Connection")
                .weave(
                        method("createStatement", "java.lang.String")
                                .advice(nested("Created"))
                                .probe(new R2dbcProbes.Created(calls)),
                        method("createBatch").advice(nested("CreatedBatch")).probe(new R2dbcProbes.CreatedBatch(calls)),
                        watched(method("commitTransaction")).probe(new R2dbcProbes.TransactionEnd(calls, "COMMIT")),
                        watched(method("rollbackTransaction"))
                                .probe(new R2dbcProbes.TransactionEnd(calls, "ROLLBACK")));
        implementing(SPI + "Statement")
                .weave(
                        method("add").advice(nested("Added")).probe(new R2dbcProbes.Added(calls)),
                        watched(method("execute")).probe(executed));
        implementing(SPI + "Batch")
                .weave(
                        method("add", "java.lang.String")
                                .advice(nested("AddedText"))
                                .probe(new R2dbcProbes.Added(calls)),
                        watched(method("execute")).probe(executed));
        implementing(SPI + "Result")
                .weave(
                        watched(method("map", "java.util.function.BiFunction")).probe(consumed),
                        watched(method("map", FUNCTION)).probe(consumed),
                        watched(method("flatMap", FUNCTION)).probe(consumed),
                        watched(method("getRowsUpdated")).probe(changed),
                        method("filter", "java.util.function.Predicate")
                                .advice(Advices.RETURNED)
                                .probe(new R2dbcProbes.Filtered(calls)));
        // In 0.8 it names none of the interfaces that it deals with.
        type(POSTGRESQL + "PostgresqlResult")
                .weave(
                        watched(method("map", "java.util.function.BiFunction"))
                                .needs(POSTGRESQL + "ExtendedQueryPostgresqlStatement", null)
                                .probe(consumed),
                        watched(method("getRowsUpdated"))
                                .needs(POSTGRESQL + "ExtendedQueryPostgresqlStatement", null)
                                .probe(changed));
    }

    private static JoinPoint watched(JoinPoint method) {
        return WatchAdvice.watched(method);
    }

    /** Enter with the factory and the name of the database. */
    static final class Found {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.Argument(0) ConnectionFactoryOptions options,
                @Advice.Return(typing = Assigner.Typing.DYNAMIC) Object factory) {
            HeadroomBridge.live.enter(hook, factory, options.getValue(ConnectionFactoryOptions.DATABASE), null);
        }
    }

    /** Enter with the statement, its text and the connection. */
    static final class Created {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.This Object connection,
                @Advice.Argument(0) String sql,
                @Advice.Return(typing = Assigner.Typing.DYNAMIC) Object statement) {
            HeadroomBridge.live.enter(hook, statement, sql, connection);
        }
    }

    /** Enter with the batch and the connection. */
    static final class CreatedBatch {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.This Object connection,
                @Advice.Return(typing = Assigner.Typing.DYNAMIC) Object batch) {
            HeadroomBridge.live.enter(hook, batch, null, connection);
        }
    }

    /** Enter with the statement. */
    static final class Added {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(@HookId int hook, @Advice.This Object statement) {
            HeadroomBridge.live.enter(hook, statement, null, null);
        }
    }

    /** Enter with the batch and a statement of it. */
    static final class AddedText {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(@HookId int hook, @Advice.This Object batch, @Advice.Argument(0) String sql) {
            HeadroomBridge.live.enter(hook, batch, sql, null);
        }
    }
}
