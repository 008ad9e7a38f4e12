package dev.headroom.core.hook.httpserver;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.HookId;
import dev.headroom.core.record.Recorder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/**
 * Times a request from its headers to the end of the answer. Up to version 11 the channel is the request; in 12 it is the channel's
 * state, and servlets have a channel of their own on top, by which they come back after an asynchronous pause.
 */
public final class JettyHook extends Hook {
    private static final String SERVER = "org.eclipse.jetty.server.";
    private static final String CHANNEL = SERVER + "HttpChannel";
    private static final String STATE = SERVER + "internal.HttpChannelState";
    private static final String STREAM = SERVER + "HttpStream";

    public JettyHook(Recorder recorder) {
        super("jetty", "org.eclipse.jetty:jetty-server", "9.4 to 12");
        JettyRequests requests = new JettyRequests(recorder);
        type(SERVER + "Server")
                .weave(
                        method("handle", CHANNEL).advice(Advices.TIMED_ARGUMENT).probe(requests.begun),
                        method("handleAsync", CHANNEL)
                                .advice(Advices.TIMED_ARGUMENT)
                                .probe(requests.resumed));
        type(CHANNEL)
                .weave(
                        method("onCompleted").advice(Advices.CALLED).probe(requests.completed),
                        method(
                                        "sendResponse",
                                        "org.eclipse.jetty.http.MetaData$Response",
                                        "java.nio.ByteBuffer",
                                        "boolean",
                                        "org.eclipse.jetty.util.Callback")
                                .advice(Advices.TIMED_ARGUMENT)
                                .probe(requests.sending),
                        method("abort", "java.lang.Throwable")
                                .advice(Advices.TIMED_ARGUMENT)
                                .probe(requests.aborted));
        type(STATE)
                .weave(
                        method("onRequest", "org.eclipse.jetty.http.MetaData$Request")
                                .advice(Advices.TIMED_ARGUMENT)
                                .probe(requests.parsed),
                        method("completeStream", STREAM, "java.lang.Throwable")
                                .advice(Advices.TIMED_ARGUMENTS)
                                .probe(requests.streamed));
        type(STATE + "$ChannelResponse")
                .weave(method("write", "boolean", "java.nio.ByteBuffer", "org.eclipse.jetty.util.Callback")
                        .advice(Advices.CALLED)
                        .probe(requests.writing));
        type(STATE + "$HandlerInvoker")
                .weave(
                        method("run")
                                .needs(STATE + "$HandlerInvoker", "this$0")
                                .advice(nested("Invoked"))
                                .probe(requests.resumed),
                        method("completeStream", STREAM, "java.lang.Throwable")
                                .needs(STATE + "$HandlerInvoker", "this$0")
                                .advice(nested("Completed"))
                                .probe(requests.streamed));
        type("org.eclipse.jetty.ee8.nested.HttpChannel")
                .weave(method("handle").advice(Advices.TIMED).probe(requests.servlets));
        type("org.eclipse.jetty.ee9.nested.HttpChannel")
                .weave(method("handle").advice(Advices.TIMED).probe(requests.servlets));
        type("org.eclipse.jetty.ee10.servlet.ServletChannel")
                .weave(method("handle").advice(Advices.TIMED).probe(requests.servlets));
        type("org.eclipse.jetty.ee11.servlet.ServletChannel")
                .weave(method("handle").advice(Advices.TIMED).probe(requests.servlets));
    }

    static final class Invoked {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static Object enter(
                @HookId int hook, @Advice.FieldValue(value = "this$0", typing = Assigner.Typing.DYNAMIC) Object state) {
            return HeadroomBridge.live.enter(hook, null, state, null);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(@HookId int hook, @Advice.Enter Object token, @Advice.Thrown Throwable thrown) {
            if (token != null) {
                HeadroomBridge.live.exit(hook, token, null, thrown);
            }
        }
    }

    static final class Completed {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @HookId int hook,
                @Advice.FieldValue(value = "this$0", typing = Assigner.Typing.DYNAMIC) Object state,
                @Advice.Argument(1) Throwable failure) {
            HeadroomBridge.live.enter(hook, state, null, failure);
        }
    }
}
