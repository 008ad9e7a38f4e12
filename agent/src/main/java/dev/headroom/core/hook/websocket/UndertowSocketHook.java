package dev.headroom.core.hook.websocket;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.HookId;
import dev.headroom.core.record.Recorder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/**
 * Times the messages that the WebSocket endpoints of Undertow's servlet container receive, a part of a message where the endpoint takes
 * parts, and counts their connections. A socket is known by its frame handler, which is all that a message holds.
 */
public final class UndertowSocketHook extends Hook {
    private static final String WEBSOCKET = "io.undertow.websockets.jsr.";
    private static final String SESSION = WEBSOCKET + "UndertowSession";
    private static final String FRAMES = WEBSOCKET + "FrameHandler";

    public UndertowSocketHook(Recorder recorder) {
        super("undertow-websocket", "io.undertow:undertow-websockets-jsr", "1.4 to 2.3");
        SocketProbes probes = new SocketProbes(recorder, name());
        type(SESSION)
                .weave(
                        anyMethod("<init>")
                                .needs(SESSION, "frameHandler")
                                .needs(SESSION, "config")
                                .advice(nested("Opening"))
                                .probe(probes.opening),
                        anyMethod("closeInternal")
                                .needs(SESSION, "frameHandler")
                                .advice(nested("Closing"))
                                .probe(probes.closed));
        // Bytes and text; of the handler's tasks only these know whether a message ends with them.
        for (String task : new String[] {"$6", "$7"}) {
            type(FRAMES + task)
                    .weave(method("run")
                            .needs(FRAMES + task, "this$0")
                            .needs(FRAMES + task, "val$finalFragment")
                            .advice(nested("Message"))
                            .probe(probes.message));
        }
        type(FRAMES)
                .weave(method("invokeOnError", "java.lang.Throwable")
                        .advice(Advices.TIMED_ARGUMENT)
                        .probe(probes.failed));
        type(WEBSOCKET + "annotated.AnnotatedEndpoint")
                .weave(anyMethod("onError").advice(nested("Failure")).probe(probes.failed));
    }

    /** Exit with the frame handler, the session and the endpoint's configuration. */
    static final class Opening {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.This Object session,
                @Advice.FieldValue(value = "frameHandler", typing = Assigner.Typing.DYNAMIC) Object frames,
                @Advice.FieldValue(value = "config", typing = Assigner.Typing.DYNAMIC) Object configuration) {
            HeadroomBridge.live.enter(hook, frames, session, configuration);
        }
    }

    /** Enter with the frame handler. */
    static final class Closing {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @HookId int hook,
                @Advice.FieldValue(value = "frameHandler", typing = Assigner.Typing.DYNAMIC) Object frames) {
            HeadroomBridge.live.enter(hook, frames, null, null);
        }
    }

    /** Enter with the frame handler, exit with the exception. */
    static final class Message {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter(
                @HookId int hook,
                @Advice.FieldValue(value = "this$0", typing = Assigner.Typing.DYNAMIC) Object frames) {
            return HeadroomBridge.live.enter(hook, frames, null, null);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(@HookId int hook, @Advice.Enter Object token, @Advice.Thrown Throwable thrown) {
            if (token != null) {
                HeadroomBridge.live.exit(hook, token, null, thrown);
            }
        }
    }

    /** Enter with the endpoint and its exception. */
    static final class Failure {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(@HookId int hook, @Advice.This Object endpoint, @Advice.Argument(1) Throwable failure) {
            HeadroomBridge.live.enter(hook, endpoint, failure, null);
        }
    }
}
