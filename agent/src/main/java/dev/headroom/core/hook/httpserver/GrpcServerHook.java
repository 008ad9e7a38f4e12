package dev.headroom.core.hook.httpserver;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.HookId;
import dev.headroom.core.record.Recorder;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/**
 * Times calls that a gRPC server answers, from their arrival until the transport has sent the last of the answer or learnt that the
 * client is gone. Woven above the transports, so Netty, shaded or not, OkHttp and the one within a process are alike. What interceptors
 * and handlers do on the threads that the library gives them counts for the call.
 */
public final class GrpcServerHook extends Hook {
    private static final String INTERNAL = "io.grpc.internal.";
    private static final String ARRIVAL = INTERNAL + "ServerImpl$JumpToApplicationThreadServerStreamListener";
    private static final String TRANSPORT = INTERNAL + "ServerImpl$ServerTransportListenerImpl";
    private static final String PARAMETERS = TRANSPORT + "$ServerCallParameters";
    private static final String CALL = INTERNAL + "ServerCallImpl";
    private static final String LISTENER = CALL + "$ServerStreamListenerImpl";
    private static final String STATUS = "io.grpc.Status";
    private static final String METADATA = "io.grpc.Metadata";

    public GrpcServerHook(Recorder recorder) {
        super("grpc-server", "io.grpc:grpc-core", "1.30 to 1.85");
        GrpcRequests requests = new GrpcRequests(recorder);
        type(ARRIVAL)
                .weave(
                        anyMethod("<init>").advice(nested("Arrived")).probe(requests.arrived),
                        method("closed", STATUS)
                                .needs(ARRIVAL, "stream")
                                .advice(nested("Closed"))
                                .probe(requests.closed));
        type(CALL).weave(anyMethod("<init>").advice(nested("Known")).probe(requests.known));
        type(PARAMETERS).weave(anyMethod("<init>").advice(nested("Prepared")).probe(requests.prepared));
        for (String stream : new String[] {
            INTERNAL + "AbstractServerStream",
            "io.grpc.inprocess.InProcessTransport$InProcessStream$InProcessServerStream"
        }) {
            type(stream)
                    .weave(method("close", STATUS, METADATA)
                            .advice(nested("Answered"))
                            .probe(requests.answered));
        }
        type(TRANSPORT)
                .weave(
                        method("startWrappedCall", "java.lang.String", PARAMETERS, METADATA)
                                .advice(Advices.TIMED_SECOND)
                                .probe(requests.serving),
                        method(
                                        "startWrappedCall",
                                        "java.lang.String",
                                        "io.grpc.ServerMethodDefinition",
                                        INTERNAL + "ServerStream",
                                        METADATA,
                                        "io.grpc.Context$CancellableContext",
                                        "io.perfmark.Tag")
                                .advice(nested("Started"))
                                .probe(requests.serving));
        type(LISTENER)
                .weave(
                        method("messagesAvailable", INTERNAL + "StreamListener$MessageProducer")
                                .needs(LISTENER, "call")
                                .advice(nested("Told"))
                                .probe(requests.serving),
                        method("halfClosed")
                                .needs(LISTENER, "call")
                                .advice(nested("Told"))
                                .probe(requests.serving),
                        method("onReady")
                                .needs(LISTENER, "call")
                                .advice(nested("Told"))
                                .probe(requests.serving));
    }

    /** Enter with the stream that has arrived. */
    static final class Arrived {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @HookId int hook, @Advice.Argument(value = 2, typing = Assigner.Typing.DYNAMIC) Object stream) {
            HeadroomBridge.live.enter(hook, stream, null, null);
        }
    }

    /** Enter with the stream that is over, and how. */
    static final class Closed {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @HookId int hook,
                @Advice.FieldValue(value = "stream", typing = Assigner.Typing.DYNAMIC) Object stream,
                @Advice.Argument(0) Status status) {
            HeadroomBridge.live.enter(hook, stream, status.getCode().name(), null);
        }
    }

    /** Enter with the stream, the call that was made of it and the name of its method, which the server has. */
    static final class Known {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.This Object call,
                @Advice.Argument(value = 0, typing = Assigner.Typing.DYNAMIC) Object stream,
                @Advice.Argument(1) MethodDescriptor<?, ?> method) {
            HeadroomBridge.live.enter(hook, stream, call, method.getFullMethodName());
        }
    }

    /** Enter with the call and what stands for it until its interceptors are called; its first argument is the object that it is in. */
    static final class Prepared {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.This Object parameters,
                @Advice.Argument(value = 1, typing = Assigner.Typing.DYNAMIC) Object call) {
            HeadroomBridge.live.enter(hook, call, parameters, null);
        }
    }

    /** Enter with the stream, the status that the server answers with, and what it was made of. */
    static final class Answered {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(@HookId int hook, @Advice.This Object stream, @Advice.Argument(0) Status status) {
            HeadroomBridge.live.enter(hook, stream, status.getCode().name(), status.getCause());
        }
    }

    /** Before 1.45: enter with the stream whose interceptors are called. */
    static final class Started {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter(
                @HookId int hook, @Advice.Argument(value = 2, typing = Assigner.Typing.DYNAMIC) Object stream) {
            return HeadroomBridge.live.enter(hook, stream, null, null);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(@HookId int hook, @Advice.Enter Object token) {
            if (token != null) {
                HeadroomBridge.live.exit(hook, token, null, null);
            }
        }
    }

    /** Enter with the call whose handler hears of something. */
    static final class Told {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter(
                @HookId int hook, @Advice.FieldValue(value = "call", typing = Assigner.Typing.DYNAMIC) Object call) {
            return HeadroomBridge.live.enter(hook, call, null, null);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(@HookId int hook, @Advice.Enter Object token) {
            if (token != null) {
                HeadroomBridge.live.exit(hook, token, null, null);
            }
        }
    }
}
