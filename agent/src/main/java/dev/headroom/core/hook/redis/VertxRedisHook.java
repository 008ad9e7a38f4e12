package dev.headroom.core.hook.redis;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.HookId;
import dev.headroom.core.record.Recorder;
import java.util.List;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/**
 * Times commands of Vert.x' Redis client, from their being encoded for a connection, so without the wait for one of a pool, to the reply,
 * before the application hears of it. A connection does both on its own thread, and answers in order.
 */
public final class VertxRedisHook extends Hook {
    private static final String PACKAGE = "io.vertx.redis.client.";
    private static final String IMPL = PACKAGE + "impl.";
    private static final String REQUEST = PACKAGE + "Request";
    private static final String ENCODER = IMPL + "RequestImpl";

    public VertxRedisHook(Recorder recorder) {
        super("vertx-redis", "io.vertx:vertx-redis-client", "4.5 to 5.0");
        VertxRedisCalls calls = new VertxRedisCalls(recorder);
        recorder.switches().whenOff(name(), new Runnable() {
            @Override
            public void run() {
                calls.forgetAll();
            }
        });
        type(IMPL + "RedisStandaloneConnection")
                .weave(
                        method("send", REQUEST).advice(Advices.TIMED_ARGUMENT).probe(calls.asked),
                        method("batch", "java.util.List")
                                .advice(Advices.TIMED_ARGUMENT)
                                .probe(calls.asked),
                        method("doSend", REQUEST, "io.vertx.core.Promise")
                                .advice(Advices.TIMED_ARGUMENT)
                                .probe(calls.sent),
                        method("doBatch", "java.util.List", "io.vertx.core.Promise")
                                .advice(Advices.TIMED_ARGUMENT)
                                .probe(calls.batched),
                        method("handle", PACKAGE + "Response")
                                .advice(Advices.TIMED_ARGUMENT)
                                .probe(calls.replied),
                        method("cleanupQueue", "java.lang.Throwable")
                                .advice(Advices.CALLED)
                                .probe(calls.closed));
        type(ENCODER)
                .weave(method("encode", "io.vertx.core.buffer.Buffer")
                        .needs(ENCODER, "cmd")
                        .needs(ENCODER, "args")
                        .advice(nested("Encoded"))
                        .probe(calls.encoded));
        type(IMPL + "ArrayQueue").weave(method("poll").advice(Advices.RETURNED).probe(calls.taken));
    }

    /** Enter with the request, the command's name and its arguments. */
    static final class Encoded {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @HookId int hook,
                @Advice.This Object request,
                @Advice.FieldValue(value = "cmd", typing = Assigner.Typing.DYNAMIC) Object command,
                @Advice.FieldValue("args") List<byte[]> arguments) {
            HeadroomBridge.live.enter(hook, request, command.toString(), arguments);
        }
    }
}
