package dev.headroom.core.hook.websocket;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.HookId;
import dev.headroom.core.record.Recorder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/**
 * Times the messages that Jetty's WebSocket endpoints receive, by their last frame, and counts their connections. In 9.4 a socket is
 * known by its session, from 10 on by the core session, below whatever API the endpoint is written for.
 */
public final class JettySocketHook extends Hook {
    private static final String JETTY = "org.eclipse.jetty.";
    private static final String WEBSOCKET = JETTY + "websocket.";
    private static final String CALLBACK = JETTY + "util.Callback";
    private static final String FRAME = WEBSOCKET + "core.Frame";
    private static final String SESSION = WEBSOCKET + "common.WebSocketSession";
    private static final String DRIVER = WEBSOCKET + "common.events.AbstractEventDriver";

    public JettySocketHook(Recorder recorder) {
        super(
                "jetty-websocket",
                "org.eclipse.jetty.websocket:javax-websocket-server-impl, org.eclipse.jetty.websocket:websocket-core-common, "
                        + "org.eclipse.jetty.websocket:jetty-websocket-core-common",
                "9.4 to 12.1");
        SocketProbes probes = new SocketProbes(recorder, name());
        before10(probes);
        for (String core : new String[] {WEBSOCKET + "core.internal.", WEBSOCKET + "core."}) {
            String session = core + "WebSocketCoreSession";
            type(session)
                    .weave(
                            anyMethod("<init>").advice(nested("Asked")).probe(probes.asked),
                            method("processHandlerError", "java.lang.Throwable", CALLBACK)
                                    .advice(Advices.TIMED_ARGUMENT)
                                    .probe(probes.failed),
                            method("closeConnection", WEBSOCKET + "core.CloseStatus", CALLBACK)
                                    .advice(Advices.CALLED)
                                    .probe(probes.closed));
            type(session + "$IncomingAdaptor")
                    .weave(method("onFrame", FRAME, CALLBACK)
                            .needs(session + "$IncomingAdaptor", "this$0")
                            .advice(nested("CoreFrame"))
                            .probe(probes.frame));
        }
        for (String endpoints : new String[] {
            "websocket.javax.common.Javax",
            "websocket.jakarta.common.Jakarta",
            "ee8.websocket.javax.common.Javax",
            "ee9.websocket.jakarta.common.Jakarta",
            "ee10.websocket.jakarta.common.Jakarta",
            "ee11.websocket.jakarta.common.Jakarta"
        }) {
            type(JETTY + endpoints + "WebSocketSession")
                    .weave(anyMethod("<init>").advice(nested("Opening")).probe(probes.opening));
        }
    }

    private void before10(SocketProbes probes) {
        type(SESSION)
                .weave(
                        method(
                                        "<init>",
                                        WEBSOCKET + "common.scopes.WebSocketContainerScope",
                                        "java.net.URI",
                                        WEBSOCKET + "common.events.EventDriver",
                                        WEBSOCKET + "common.LogicalConnection")
                                .advice(nested("AskedBefore10"))
                                .probe(probes.asked),
                        method("close", "java.lang.Throwable")
                                .advice(Advices.TIMED_ARGUMENT)
                                .probe(probes.failed),
                        method("callApplicationOnClose", WEBSOCKET + "common.CloseInfo")
                                .advice(Advices.CALLED)
                                .probe(probes.closed));
        type(DRIVER)
                .weave(
                        method("openSession", SESSION)
                                .advice(nested("OpeningBefore10"))
                                .probe(probes.opening),
                        method("incomingFrame", WEBSOCKET + "api.extensions.Frame")
                                .needs(DRIVER, "session")
                                .advice(nested("Frame"))
                                .probe(probes.frame));
        type(WEBSOCKET + "jsr356.endpoints.JsrAnnotatedEventDriver")
                .weave(method("onFatalError", "java.lang.Throwable")
                        .advice(Advices.TIMED_ARGUMENT)
                        .probe(probes.failed));
    }

    /** Exit with the core session and the side it is on. */
    static final class Asked {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.This Object core,
                @Advice.Argument(value = 1, typing = Assigner.Typing.DYNAMIC) Object side) {
            HeadroomBridge.live.enter(hook, core, side, null);
        }
    }

    /** Exit with the session and the endpoint's driver. */
    static final class AskedBefore10 {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.This Object session,
                @Advice.Argument(value = 2, typing = Assigner.Typing.DYNAMIC) Object driver) {
            HeadroomBridge.live.enter(hook, session, driver, null);
        }
    }

    /** Exit with the core session, the session and the endpoint's configuration. */
    static final class Opening {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.This Object session,
                @Advice.Argument(value = 1, typing = Assigner.Typing.DYNAMIC) Object core,
                @Advice.Argument(value = 3, typing = Assigner.Typing.DYNAMIC) Object configuration) {
            HeadroomBridge.live.enter(hook, core, session, configuration);
        }
    }

    /** Enter with the session, twice. */
    static final class OpeningBefore10 {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @HookId int hook, @Advice.Argument(value = 0, typing = Assigner.Typing.DYNAMIC) Object session) {
            HeadroomBridge.live.enter(hook, session, session, null);
        }
    }

    /** Enter with the session and the frame, exit with the exception. */
    static final class Frame {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter(
                @HookId int hook,
                @Advice.FieldValue(value = "session", typing = Assigner.Typing.DYNAMIC) Object session,
                @Advice.Argument(value = 0, typing = Assigner.Typing.DYNAMIC) Object frame) {
            return HeadroomBridge.live.enter(hook, session, frame, null);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(@HookId int hook, @Advice.Enter Object token, @Advice.Thrown Throwable thrown) {
            if (token != null) {
                HeadroomBridge.live.exit(hook, token, null, thrown);
            }
        }
    }

    /** As {@link Frame}, with the core session. */
    static final class CoreFrame {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter(
                @HookId int hook,
                @Advice.FieldValue(value = "this$0", typing = Assigner.Typing.DYNAMIC) Object core,
                @Advice.Argument(value = 0, typing = Assigner.Typing.DYNAMIC) Object frame) {
            return HeadroomBridge.live.enter(hook, core, frame, null);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(@HookId int hook, @Advice.Enter Object token, @Advice.Thrown Throwable thrown) {
            if (token != null) {
                HeadroomBridge.live.exit(hook, token, null, thrown);
            }
        }
    }
}
