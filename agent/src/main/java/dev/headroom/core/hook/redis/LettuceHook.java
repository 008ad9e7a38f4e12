package dev.headroom.core.hook.redis;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.HookId;
import dev.headroom.core.record.Recorder;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.protocol.DecoratedCommand;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import net.bytebuddy.asm.Advice;

/**
 * Times Redis commands of Lettuce, synchronous, asynchronous and reactive, from their being encoded for the wire to the end of
 * their reply, both on the connection's thread: with flushing by hand the time begins at the flush. Commands are read as they
 * stand on the wire and replies as they are decoded, so no codec of the application is asked.
 */
public final class LettuceHook extends Hook {
    private static final String HANDLER = "io.lettuce.core.protocol.CommandHandler";
    private static final String COMMAND = "io.lettuce.core.protocol.Command";
    private static final String REDIS_COMMAND = "io.lettuce.core.protocol.RedisCommand";
    private static final String DECODER = "io.lettuce.core.protocol.RedisStateMachine";
    private static final String OUTPUT = "io.lettuce.core.output.CommandOutput";
    private static final String CONTEXT = "io.netty.channel.ChannelHandlerContext";

    private final LettuceCalls calls;

    public LettuceHook(Recorder recorder) {
        super("lettuce", "io.lettuce:lettuce-core", "5.1 to 7");
        calls = new LettuceCalls(recorder);
        recorder.switches().whenOff(name(), new Runnable() {
            @Override
            public void run() {
                calls.forgetAll();
            }
        });
        type(HANDLER)
                .weave(
                        method("write", CONTEXT, "java.lang.Object", "io.netty.channel.ChannelPromise")
                                .advice(Advices.TIMED)
                                .probe(calls.atWork),
                        method("channelRead", CONTEXT, "java.lang.Object")
                                .advice(Advices.TIMED)
                                .probe(calls.atWork),
                        method("complete", REDIS_COMMAND)
                                .needs("io.lettuce.core.protocol.DecoratedCommand", "getDelegate")
                                .advice(nested("Completed"))
                                .probe(calls.answered),
                        method("channelInactive", CONTEXT).advice(Advices.TIMED).probe(calls.closed),
                        method("notifyPushListeners", "io.lettuce.core.api.push.PushMessage")
                                .advice(Advices.CALLED)
                                .probe(calls.pushed));
        commands();
        // 5 hands the command on, 6 and later a consumer of failures.
        decoder(REDIS_COMMAND);
        decoder("java.util.function.Consumer");
        type("io.lettuce.core.cluster.ClusterDistributionChannelWriter")
                .weave(method("write", REDIS_COMMAND).advice(Advices.CALLED).probe(calls.routed));
        type("io.lettuce.core.RedisChannelHandler")
                .weave(method("dispatch", REDIS_COMMAND)
                        .needs("io.lettuce.core.protocol.DecoratedCommand", "getDelegate")
                        .advice(nested("Asking"))
                        .probe(calls.asked));
        for (String waiting : new String[] {"io.lettuce.core.LettuceFutures", "io.lettuce.core.internal.Futures"}) {
            type(waiting)
                    .weave(method(
                                    "awaitOrCancel",
                                    "io.lettuce.core.RedisFuture",
                                    "long",
                                    "java.util.concurrent.TimeUnit")
                            .needs("io.lettuce.core.protocol.DecoratedCommand", "getDelegate")
                            .advice(nested("Awaiting"))
                            .probe(calls.awaited));
        }
    }

    private void commands() {
        type(COMMAND)
                .weave(
                        method("encode", "io.netty.buffer.ByteBuf")
                                .advice(nested("Encoding"))
                                .probe(calls.encoded),
                        method("cancel")
                                .needs(COMMAND, "status")
                                .needs("io.lettuce.core.protocol.ProtocolKeyword", "getBytes")
                                .advice(nested("Cancelling"))
                                .probe(calls.givenUp),
                        method("completeExceptionally", "java.lang.Throwable")
                                .needs(COMMAND, "status")
                                .needs("io.lettuce.core.protocol.ProtocolKeyword", "getBytes")
                                .needs("io.lettuce.core.RedisCommandExecutionException", null)
                                .advice(nested("Failing"))
                                .probe(calls.givenUp));
    }

    private void decoder(String last) {
        type(DECODER)
                .weave(
                        method("safeSet", OUTPUT, "java.nio.ByteBuffer", last)
                                .advice(nested("Bytes"))
                                .probe(calls.value),
                        method("safeSetSingle", OUTPUT, "java.nio.ByteBuffer", last)
                                .advice(nested("Bytes"))
                                .probe(calls.value),
                        method("safeSetBigNumber", OUTPUT, "java.nio.ByteBuffer", last)
                                .advice(nested("Bytes"))
                                .probe(calls.value),
                        method("safeSet", OUTPUT, "double", last)
                                .advice(nested("Real"))
                                .probe(calls.value),
                        method("safeSet", OUTPUT, "long", last)
                                .advice(nested("Whole"))
                                .probe(calls.number),
                        method("safeSet", OUTPUT, "boolean", last)
                                .advice(nested("Truth"))
                                .probe(calls.number),
                        method("safeSetError", OUTPUT, "java.nio.ByteBuffer", last)
                                .advice(nested("ErrorText"))
                                .probe(calls.error),
                        method("safeMultiMap", OUTPUT, "int", last)
                                .advice(nested("Pairs"))
                                .probe(calls.list));
        for (String list : new String[] {"safeMulti", "safeMultiArray", "safeMultiPush", "safeMultiSet"}) {
            type(DECODER)
                    .weave(method(list, OUTPUT, "int", last)
                            .advice(nested("Elements"))
                            .probe(calls.list));
        }
    }

    /** Hands over the innermost command, which is the one that was encoded. */
    static final class Completed {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static Object enter(@HookId int hook, @Advice.This Object handler, @Advice.Argument(0) Object completed) {
            Object command = completed;
            while (command instanceof DecoratedCommand) {
                command = ((DecoratedCommand<?, ?, ?>) command).getDelegate();
            }
            return HeadroomBridge.live.enter(hook, handler, command, null);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(@HookId int hook, @Advice.Enter Object token, @Advice.Thrown Throwable thrown) {
            if (token != null) {
                HeadroomBridge.live.exit(hook, token, null, thrown);
            }
        }
    }

    /**
     * Copies the beginning of what was written into the probe's own buffer, whose first four bytes keep where that begins. Of more than
     * there is room for the last 64 bytes take the place of the buffer's: then the length is told as a negative.
     */
    static final class Encoding {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static Object enter(@HookId int hook, @Advice.This Object command, @Advice.Argument(0) ByteBuf buffer) {
            Object sent = HeadroomBridge.live.enter(hook, command, null, null);
            if (sent != null) {
                ((ByteBuffer) sent).putInt(0, buffer.writerIndex());
            }
            return sent;
        }

        @SuppressWarnings("ByteBufferBackingArray") // LettuceThread allocates it.
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.This Object command,
                @Advice.Argument(0) ByteBuf buffer,
                @Advice.Enter Object sent) {
            if (sent != null) {
                ByteBuffer copy = (ByteBuffer) sent;
                int start = copy.getInt(0);
                int end = buffer.writerIndex();
                int length = Math.min(copy.capacity() - 4, end - start);
                buffer.getBytes(start, copy.array(), 4, length);
                if (length < end - start) {
                    buffer.getBytes(end - 64, copy.array(), 4 + length - 64, 64);
                    length = -length;
                }
                HeadroomBridge.live.mark(hook, command, length);
            }
        }
    }

    static final class Cancelling {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @HookId int hook,
                @Advice.This Object command,
                @Advice.FieldValue("status") byte status,
                @Advice.FieldValue("type") ProtocolKeyword type) {
            if (status == 0) {
                HeadroomBridge.live.enter(hook, command, type.getBytes(), null);
            }
        }
    }

    /** What failed by its reply was recorded with it. */
    static final class Failing {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @HookId int hook,
                @Advice.This Object command,
                @Advice.FieldValue("status") byte status,
                @Advice.FieldValue("type") ProtocolKeyword type,
                @Advice.Argument(0) Throwable thrown) {
            if (status == 0 && !(thrown instanceof RedisCommandExecutionException)) {
                HeadroomBridge.live.enter(hook, command, type.getBytes(), thrown);
            }
        }
    }

    /** Hands over the innermost command, which is the one that will be encoded. */
    static final class Asking {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(@HookId int hook, @Advice.This Object connection, @Advice.Argument(0) Object asked) {
            Object command = asked;
            while (command instanceof DecoratedCommand) {
                command = ((DecoratedCommand<?, ?, ?>) command).getDelegate();
            }
            HeadroomBridge.live.enter(hook, connection, command, null);
        }
    }

    static final class Awaiting {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static Object enter(@HookId int hook, @Advice.Argument(0) Object awaited) {
            Object command = awaited;
            while (command instanceof DecoratedCommand) {
                command = ((DecoratedCommand<?, ?, ?>) command).getDelegate();
            }
            return HeadroomBridge.live.enter(hook, null, command, null);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.Enter Object token,
                @Advice.Argument(1) long timeout,
                @Advice.Argument(2) TimeUnit unit,
                @Advice.Thrown Throwable thrown) {
            if (token != null) {
                if (thrown != null) {
                    HeadroomBridge.live.mark(hook, token, unit.toNanos(timeout));
                }
                HeadroomBridge.live.exit(hook, token, null, thrown);
            }
        }
    }

    static final class Bytes {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(@HookId int hook, @Advice.This Object decoder, @Advice.Argument(1) ByteBuffer bytes) {
            HeadroomBridge.live.mark(hook, decoder, bytes == null ? 0 : 1L + bytes.remaining());
        }
    }

    static final class Real {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(@HookId int hook, @Advice.This Object decoder) {
            HeadroomBridge.live.mark(hook, decoder, -1);
        }
    }

    static final class Whole {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(@HookId int hook, @Advice.This Object decoder, @Advice.Argument(1) long number) {
            HeadroomBridge.live.mark(hook, decoder, number);
        }
    }

    static final class Truth {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(@HookId int hook, @Advice.This Object decoder, @Advice.Argument(1) boolean truth) {
            HeadroomBridge.live.mark(hook, decoder, truth ? 1 : 0);
        }
    }

    static final class ErrorText {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(@HookId int hook, @Advice.This Object decoder, @Advice.Argument(1) ByteBuffer text) {
            HeadroomBridge.live.enter(hook, decoder, text, null);
        }
    }

    static final class Elements {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(@HookId int hook, @Advice.This Object decoder, @Advice.Argument(1) int size) {
            HeadroomBridge.live.mark(hook, decoder, size);
        }
    }

    static final class Pairs {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(@HookId int hook, @Advice.This Object decoder, @Advice.Argument(1) int pairs) {
            HeadroomBridge.live.mark(hook, decoder, pairs * 2L);
        }
    }
}
