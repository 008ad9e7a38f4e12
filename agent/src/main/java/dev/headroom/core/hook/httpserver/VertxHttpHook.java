package dev.headroom.core.hook.httpserver;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.HookId;
import dev.headroom.core.record.Recorder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/**
 * Times requests of Vert.x' HTTP server from their headers until the last of the answer is handed to the connection, and tells them
 * the route of Vert.x web's router. From Vert.x 4 on every request has a context of its own: whatever runs on it, on any thread, counts
 * for the request.
 */
public final class VertxHttpHook extends Hook {
    private static final String HTTP = "io.vertx.core.http.impl.";
    private static final String CONNECTION = HTTP + "Http1xServerConnection";
    private static final String WEB = "io.vertx.ext.web.impl.";

    public VertxHttpHook(Recorder recorder) {
        super("vertx-http", "io.vertx:vertx-core, io.vertx:vertx-web", "3.9 to 5.0");
        VertxRequests requests = new VertxRequests(recorder);
        type(CONNECTION)
                .weave(
                        method("handleMessage", "java.lang.Object")
                                .needs(CONNECTION, "requestInProgress")
                                .advice(nested("Message"))
                                .probe(requests.message),
                        method("responseComplete")
                                .needs(CONNECTION, "responseInProgress")
                                .advice(nested("Complete"))
                                .probe(requests.complete),
                        anyMethod("createWebSocket")
                                .advice(Advices.TIMED_ARGUMENT)
                                .probe(requests.upgraded));
        for (String first : new String[] {"HttpServerRequestImpl", "Http1xServerRequest"}) {
            type(HTTP + first)
                    .weave(
                            anyMethod("<init>").advice(nested("Made")).probe(requests.made),
                            method("handleException", "java.lang.Throwable")
                                    .advice(Advices.CALLED)
                                    .probe(requests.broken));
        }
        for (String second : new String[] {"Http2ServerRequestImpl", "Http2ServerRequest"}) {
            type(HTTP + second)
                    .weave(
                            anyMethod("<init>").advice(nested("Made")).probe(requests.made),
                            method("handleReset", "long").advice(Advices.CALLED).probe(requests.broken),
                            method("handleClose").advice(Advices.CALLED).probe(requests.closed));
        }
        contexts(requests);
        type(WEB + "RouteState")
                .weave(method("handleContext", WEB + "RoutingContextImplBase")
                        .needs(WEB + "RouteState", "path")
                        .needs(WEB + "RouteState", "exactPath")
                        .advice(nested("Routed"))
                        .probe(requests.routed));
        type(WEB + "RoutingContextImpl")
                .weave(method("fail", "int", "java.lang.Throwable")
                        .advice(Advices.TIMED_ARGUMENTS)
                        .probe(requests.failed));
    }

    private void contexts(VertxRequests requests) {
        String before = "io.vertx.core.impl.AbstractContext";
        type(before)
                .weave(
                        method("beginDispatch").advice(Advices.CALLED).probe(requests.begun),
                        method("endDispatch", "io.vertx.core.impl.ContextInternal")
                                .advice(Advices.TIMED_ARGUMENT)
                                .probe(requests.ended));
        for (String ofVersion : new String[] {"impl", "internal"}) {
            String context = "io.vertx.core." + ofVersion + ".ContextInternal";
            type("io.vertx.core.impl.VertxImpl")
                    .weave(
                            method("beginDispatch", context)
                                    .advice(Advices.TIMED_ARGUMENT)
                                    .probe(requests.begun),
                            method("endDispatch", context)
                                    .advice(Advices.TIMED_ARGUMENT)
                                    .probe(requests.ended));
        }
        type("io.vertx.core.impl.TaskQueue")
                .weave(method("execute", "java.lang.Runnable", "java.util.concurrent.Executor")
                        .advice(Advices.CALLED)
                        .probe(requests.handedOver));
    }

    /** Exit with the request that was made. */
    static final class Made {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(@HookId int hook, @Advice.This Object request) {
            HeadroomBridge.live.enter(hook, request, null, null);
        }
    }

    /** Enter with the connection and the request that is being read, if one is. */
    static final class Message {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter(
                @HookId int hook,
                @Advice.This Object connection,
                @Advice.FieldValue(value = "requestInProgress", typing = Assigner.Typing.DYNAMIC) Object request) {
            return HeadroomBridge.live.enter(hook, connection, request, null);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(@HookId int hook, @Advice.Enter Object token) {
            if (token != null) {
                HeadroomBridge.live.exit(hook, token, null, null);
            }
        }
    }

    /** Enter with the routing context and the route's path, twice when nothing may follow it. */
    static final class Routed {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @HookId int hook,
                @Advice.Argument(value = 0, typing = Assigner.Typing.DYNAMIC) Object routing,
                @Advice.FieldValue("path") String path,
                @Advice.FieldValue("exactPath") boolean exact) {
            HeadroomBridge.live.enter(hook, routing, path, exact ? path : null);
        }
    }

    /** Enter with the request that is being answered. */
    static final class Complete {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @HookId int hook,
                @Advice.FieldValue(value = "responseInProgress", typing = Assigner.Typing.DYNAMIC) Object request) {
            HeadroomBridge.live.enter(hook, request, null, null);
        }
    }
}
