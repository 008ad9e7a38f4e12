package dev.headroom.core.hook.redis;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.HookId;
import dev.headroom.core.hook.JoinPoint;
import dev.headroom.core.record.Recorder;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/**
 * Times Redis commands of Redisson from their being encoded for the wire to the last byte of their reply, both on the connection's
 * thread. Commands and replies are read as they stand on the wire: what a codec makes of them does not matter, and no promise of
 * the application's is touched.
 */
public final class RedissonHook extends Hook {
    private static final String CONTEXT = "io.netty.channel.ChannelHandlerContext";
    private static final String CHANNEL = "io.netty.channel.Channel";
    private static final String BUFFER = "io.netty.buffer.ByteBuf";
    private static final String COMMAND = "org.redisson.client.protocol.CommandData";
    private static final String DECODER = "org.redisson.client.handler.CommandDecoder";
    private static final String EXECUTOR = "org.redisson.command.RedisExecutor";
    private static final String LIST = "java.util.List";

    private final RedissonCalls calls;

    public RedissonHook(Recorder recorder) {
        super("redisson", "org.redisson:redisson", "3.16 to 4");
        calls = new RedissonCalls(recorder);
        recorder.switches().whenOff(name(), new Runnable() {
            @Override
            public void run() {
                calls.forgetAll();
            }
        });
        type("org.redisson.client.handler.CommandEncoder")
                .weave(method("encode", CONTEXT, COMMAND, BUFFER)
                        .advice(nested("Encoding"))
                        .probe(calls.encoded));
        type("org.redisson.client.handler.CommandBatchEncoder")
                .weave(method("encode", CONTEXT, "org.redisson.client.protocol.CommandsData", BUFFER)
                        .advice(nested("Batching"))
                        .probe(calls.batched));
        type(COMMAND)
                .weave(method("getParams")
                        .needs(COMMAND, "promise")
                        .advice(nested("Promised"))
                        .probe(calls.promised));
        type(DECODER)
                .firstOf(
                        // 3.50 and later
                        decode(COMMAND, LIST, CHANNEL, "boolean", LIST, "long", "org.redisson.client.handler.State"),
                        decode(COMMAND, LIST, CHANNEL, "boolean", LIST, "long"),
                        decode(COMMAND, LIST, CHANNEL, "boolean", LIST),
                        decode(COMMAND, LIST, CHANNEL, "boolean"),
                        decode(COMMAND, LIST, CHANNEL));
        type("org.redisson.client.handler.CommandsQueue")
                .weave(method("channelInactive", CONTEXT)
                        .advice(nested("Closing"))
                        .probe(calls.closed));
        type("org.redisson.client.handler.PingConnectionHandler")
                .weave(method("sendPing", CONTEXT).advice(Advices.TIMED).probe(calls.keepingAlive));
        type("org.redisson.RedissonExpirable")
                .weave(
                        method(
                                        "expireAsync",
                                        "long",
                                        "java.util.concurrent.TimeUnit",
                                        "java.lang.String",
                                        "java.lang.String[]")
                                .advice(nested("Expiring"))
                                .probe(calls.expiring),
                        method("expireAtAsync", "long", "java.lang.String", "java.lang.String[]")
                                .advice(nested("ExpiringAt"))
                                .probe(calls.expiringAt));
        type("org.redisson.client.RedisConnection")
                .weave(
                        method("send", COMMAND).advice(Advices.TIMED_ARGUMENT).probe(calls.handedOver),
                        method("send", "org.redisson.client.protocol.CommandsData")
                                .advice(Advices.TIMED_ARGUMENT)
                                .probe(calls.handedOver));
        type(EXECUTOR).weave(method("execute").advice(Advices.CALLED).probe(calls.executed));
        for (String executor : new String[] {
            EXECUTOR, "org.redisson.command.RedisCommonBatchExecutor", "org.redisson.command.RedisQueuedBatchExecutor"
        }) {
            type(executor).firstOf(send("java.util.concurrent.CompletableFuture"), send("org.redisson.misc.RPromise"));
        }
        type(EXECUTOR)
                .firstOf(
                        // 3.17 and later
                        attempt("java.util.concurrent.CompletableFuture", "java.util.concurrent.CompletableFuture"),
                        attempt("org.redisson.misc.RPromise", "org.redisson.api.RFuture"));
    }

    private JoinPoint decode(String... afterBuffer) {
        String[] parameters = new String[afterBuffer.length + 1];
        parameters[0] = BUFFER;
        System.arraycopy(afterBuffer, 0, parameters, 1, afterBuffer.length);
        return method("decode", parameters).advice(nested("Decoding")).probe(calls.decoded);
    }

    private JoinPoint send(String promise) {
        return method("sendCommand", promise, "org.redisson.client.RedisConnection")
                .advice(Advices.TIMED)
                .probe(calls.sent);
    }

    private JoinPoint attempt(String promise, String connection) {
        return method("checkAttemptPromise", promise, connection)
                .advice(nested("Attempted"))
                .probe(calls.attempted);
    }

    /** A script will give these keys a lifetime, whatever they have now: mark them with milliseconds. */
    static final class Expiring {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @HookId int hook,
                @Advice.Argument(0) long time,
                @Advice.Argument(1) TimeUnit unit,
                @Advice.Argument(2) String condition,
                @Advice.Argument(3) String[] keys) {
            if (condition.isEmpty()) {
                HeadroomBridge.live.mark(hook, keys, unit.toMillis(time));
            }
        }
    }

    /** The same until a moment. */
    static final class ExpiringAt {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @HookId int hook,
                @Advice.Argument(0) long moment,
                @Advice.Argument(1) String condition,
                @Advice.Argument(2) String[] keys) {
            if (condition.isEmpty()) {
                HeadroomBridge.live.mark(hook, keys, moment);
            }
        }
    }

    /** Copies the beginning of what was written into the probe's own buffer, whose first four bytes keep where that begins. */
    static final class Encoding {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static Object enter(
                @HookId int hook,
                @Advice.Argument(0) ChannelHandlerContext context,
                @Advice.Argument(1) Object command,
                @Advice.Argument(2) ByteBuf buffer) {
            Object sent = HeadroomBridge.live.enter(hook, context.channel(), command, null);
            if (sent != null) {
                ((ByteBuffer) sent).putInt(0, buffer.writerIndex());
            }
            return sent;
        }

        @SuppressWarnings("ByteBufferBackingArray") // RedissonThread allocates it.
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.Argument(1) Object command,
                @Advice.Argument(2) ByteBuf buffer,
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

    static final class Batching {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static Object enter(
                @HookId int hook,
                @Advice.Argument(0) ChannelHandlerContext context,
                @Advice.Argument(1) Object commands) {
            return HeadroomBridge.live.enter(hook, context.channel(), commands, null);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(@HookId int hook, @Advice.Enter Object token, @Advice.Thrown Throwable thrown) {
            if (token != null) {
                HeadroomBridge.live.exit(hook, token, null, thrown);
            }
        }
    }

    /** The encoder asks a command for its words; by its promise it is known to whoever gives it up. */
    static final class Promised {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @HookId int hook,
                @Advice.This Object command,
                @Advice.FieldValue(value = "promise", typing = Assigner.Typing.DYNAMIC) Object promise) {
            HeadroomBridge.live.enter(hook, command, promise, null);
        }
    }

    /** Of each value of a reply the first bytes: what it is, how long it is, and an error's first word. */
    static final class Decoding {
        @SuppressWarnings("ByteBufferBackingArray") // RedissonThread allocates it.
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @HookId int hook,
                @Advice.Argument(0) ByteBuf buffer,
                @Advice.Argument(1) Object command,
                @Advice.Argument(2) Object list,
                @Advice.Argument(3) Channel channel) {
            Object copy = HeadroomBridge.live.enter(hook, channel, command, list);
            if (copy != null) {
                int start = buffer.readerIndex();
                int length = Math.min(32, buffer.writerIndex() - start);
                buffer.getBytes(start, ((ByteBuffer) copy).array(), 4, length);
                HeadroomBridge.live.mark(hook, channel, length);
            }
        }
    }

    static final class Closing {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(@HookId int hook, @Advice.Argument(0) ChannelHandlerContext context) {
            HeadroomBridge.live.enter(hook, context.channel(), null, null);
        }
    }

    static final class Attempted {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(@HookId int hook, @Advice.This Object executor, @Advice.Argument(0) Object promise) {
            HeadroomBridge.live.enter(hook, executor, promise, null);
        }
    }
}
