package dev.headroom.core.hook.websocket;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.HookId;
import dev.headroom.core.record.Recorder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/**
 * Times the messages that Tomcat's WebSocket endpoints receive, a part of a message where the endpoint takes parts, and counts their
 * connections. Spring's handlers on Tomcat are such endpoints.
 */
public final class TomcatSocketHook extends Hook {
    private static final String WEBSOCKET = "org.apache.tomcat.websocket.";
    private static final String FRAMES = WEBSOCKET + "WsFrameBase";
    private static final String UPGRADE = WEBSOCKET + "server.WsHttpUpgradeHandler";

    public TomcatSocketHook(Recorder recorder) {
        super("tomcat-websocket", "org.apache.tomcat.embed:tomcat-embed-websocket", "8.5 to 11");
        SocketProbes probes = new SocketProbes(recorder, name());
        type(UPGRADE)
                .weave(
                        anyMethod("preInit").advice(Advices.TIMED_ARGUMENT).probe(probes.upgrading),
                        anyMethod("init")
                                .needs(UPGRADE, "wsSession")
                                .advice(nested("Opened"))
                                .probe(probes.opened));
        type(WEBSOCKET + "WsSession")
                .weave(anyMethod("fireEndpointOnClose").advice(Advices.CALLED).probe(probes.closed));
        type(FRAMES)
                .weave(
                        method("sendMessageText", "boolean")
                                .needs(FRAMES, "wsSession")
                                .advice(nested("Message"))
                                .probe(probes.message),
                        method("sendMessageBinary", "java.nio.ByteBuffer", "boolean")
                                .needs(FRAMES, "wsSession")
                                .advice(nested("Message"))
                                .probe(probes.message),
                        anyMethod("handleThrowableOnSend")
                                .advice(Advices.TIMED_ARGUMENT)
                                .probe(probes.failed));
        // From 11 on an annotated endpoint's exception ends here.
        type(WEBSOCKET + "pojo.PojoMessageHandlerBase")
                .weave(anyMethod("handlePojoMethodInvocationTargetException")
                        .advice(Advices.TIMED_ARGUMENT)
                        .probe(probes.failed));
    }

    /** Exit with what handled the upgrade and the session. */
    static final class Opened {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.This Object upgrade,
                @Advice.FieldValue(value = "wsSession", typing = Assigner.Typing.DYNAMIC) Object session) {
            HeadroomBridge.live.enter(hook, upgrade, session, null);
        }
    }

    /** Enter with the session, exit with the exception. */
    static final class Message {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter(
                @HookId int hook,
                @Advice.FieldValue(value = "wsSession", typing = Assigner.Typing.DYNAMIC) Object session) {
            return HeadroomBridge.live.enter(hook, session, null, null);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(@HookId int hook, @Advice.Enter Object token, @Advice.Thrown Throwable thrown) {
            if (token != null) {
                HeadroomBridge.live.exit(hook, token, null, thrown);
            }
        }
    }
}
