package dev.headroom.core.hook.httpclient;

import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.HookId;
import dev.headroom.core.hook.JoinPoint;
import dev.headroom.core.record.Recorder;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/**
 * Times calls of gRPC's client, its own retries included, from their start until the reply is complete, before the application hears of
 * its status. Woven above the transports, whose HTTP/2 is no client of its own to any other hook. Calls that the library makes itself,
 * to ask a balancer or how a server is, are left out.
 */
public final class GrpcClientHook extends Hook {
    private static final String INTERNAL = "io.grpc.internal.";
    private static final String CALL = INTERNAL + "ClientCallImpl";
    private static final String REPLY = CALL + "$ClientStreamListenerImpl";
    private static final String PROVIDER = "clientStreamProvider";
    private static final String EARLY_PROVIDER = "clientTransportProvider";

    public GrpcClientHook(Recorder recorder) {
        super("grpc-client", "io.grpc:grpc-core", "1.30 to 1.85");
        GrpcCalls calls = new GrpcCalls(new ClientCalls(recorder, name()), recorder);
        for (String channel : new String[] {"ManagedChannelImpl$RealChannel", "ManagedChannelImpl$RealChannel$1"}) {
            type(INTERNAL + channel)
                    .weave(method("newCall", "io.grpc.MethodDescriptor", "io.grpc.CallOptions")
                            .advice(nested("Asked"))
                            .probe(calls.asked));
        }
        type(CALL)
                .weave(
                        anyMethod("<init>")
                                .needs(CALL, PROVIDER)
                                .advice(nested("Made"))
                                .probe(calls.made),
                        anyMethod("<init>")
                                .needs(CALL, EARLY_PROVIDER)
                                .advice(nested("MadeEarly"))
                                .probe(calls.made),
                        start(PROVIDER).advice(nested("Started")).probe(calls.started),
                        start(EARLY_PROVIDER).advice(nested("StartedEarly")).probe(calls.started),
                        method("closeObserver", "io.grpc.ClientCall$Listener", "io.grpc.Status", "io.grpc.Metadata")
                                .advice(nested("Closed"))
                                .probe(calls.closed));
        type(REPLY)
                .weave(method("headersRead", "io.grpc.Metadata")
                        .needs(REPLY, "this$0")
                        .advice(nested("Answered"))
                        .probe(calls.answered));
    }

    private static JoinPoint start(String provider) {
        return method("start", "io.grpc.ClientCall$Listener", "io.grpc.Metadata")
                .needs(CALL, provider)
                .needs(CALL, "method");
    }

    /** Enter with the channel and the server's name, as long as it makes a call. */
    static final class Asked {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter(@HookId int hook, @Advice.This Channel channel) {
            return HeadroomBridge.live.enter(hook, channel, channel.authority(), null);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(@HookId int hook, @Advice.Enter Object token) {
            if (token != null) {
                HeadroomBridge.live.exit(hook, token, null, null);
            }
        }
    }

    /** Enter with a call and what its channel gives to all of its calls. */
    static final class Made {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.This Object call,
                @Advice.FieldValue(value = PROVIDER, typing = Assigner.Typing.DYNAMIC) Object provider) {
            HeadroomBridge.live.enter(hook, call, provider, null);
        }
    }

    static final class MadeEarly {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.This Object call,
                @Advice.FieldValue(value = EARLY_PROVIDER, typing = Assigner.Typing.DYNAMIC) Object provider) {
            HeadroomBridge.live.enter(hook, call, provider, null);
        }
    }

    /** Enter with the same and the method's name; exit when it throws. */
    static final class Started {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter(
                @HookId int hook,
                @Advice.This Object call,
                @Advice.FieldValue(value = PROVIDER, typing = Assigner.Typing.DYNAMIC) Object provider,
                @Advice.FieldValue("method") MethodDescriptor<?, ?> method) {
            return HeadroomBridge.live.enter(hook, call, provider, method.getFullMethodName());
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(@HookId int hook, @Advice.Enter Object token, @Advice.Thrown Throwable thrown) {
            if (token != null && thrown != null) {
                HeadroomBridge.live.exit(hook, token, null, thrown);
            }
        }
    }

    static final class StartedEarly {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter(
                @HookId int hook,
                @Advice.This Object call,
                @Advice.FieldValue(value = EARLY_PROVIDER, typing = Assigner.Typing.DYNAMIC) Object provider,
                @Advice.FieldValue("method") MethodDescriptor<?, ?> method) {
            return HeadroomBridge.live.enter(hook, call, provider, method.getFullMethodName());
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(@HookId int hook, @Advice.Enter Object token, @Advice.Thrown Throwable thrown) {
            if (token != null && thrown != null) {
                HeadroomBridge.live.exit(hook, token, null, thrown);
            }
        }
    }

    /** Enter with the call whose reply has begun. */
    static final class Answered {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @HookId int hook, @Advice.FieldValue(value = "this$0", typing = Assigner.Typing.DYNAMIC) Object call) {
            HeadroomBridge.live.enter(hook, call, null, null);
        }
    }

    /** Enter with the call that is over, and its status. */
    static final class Closed {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(@HookId int hook, @Advice.This Object call, @Advice.Argument(1) Status status) {
            HeadroomBridge.live.enter(hook, call, status.getCode().name(), null);
        }
    }
}
