package dev.headroom.core.hook.httpserver;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Getter;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.Probe;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.record.RequestScope;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells the request which route template Spring WebFlux matched, annotated or functional. The request travels as an attribute of
 * the exchange, since any thread may match it. Times nothing.
 */
public final class WebFluxRouteHook extends Hook {
    private static final String EXCHANGE = "org.springframework.web.server.ServerWebExchange";
    private static final String REACTIVE = "org.springframework.http.server.reactive.ServerHttpRe";
    private static final String ATTRIBUTE = "dev.headroom.request";
    private static final String HANDLER_MAPPING = "org.springframework.web.reactive.HandlerMapping.";

    /** @param recorder not needed: routes are kept with the request that is being served */
    public WebFluxRouteHook(Recorder recorder) {
        super("spring-webflux", "org.springframework:spring-webflux", "5 to 7");
        Probe matched = new Matched();
        type("org.springframework.web.server.adapter.HttpWebHandlerAdapter")
                .weave(method("createExchange", REACTIVE + "quest", REACTIVE + "sponse")
                        .advice(Advices.RETURNED)
                        .probe(new Made()));
        type("org.springframework.web.reactive.DispatcherHandler")
                .firstOf(
                        method("handleRequestWith", EXCHANGE, "java.lang.Object")
                                .advice(Advices.TIMED_ARGUMENT)
                                .probe(matched),
                        method("invokeHandler", EXCHANGE, "java.lang.Object")
                                .advice(Advices.TIMED_ARGUMENT)
                                .probe(matched));
    }

    /** The exchange is made, on the thread that serves the request. */
    private static final class Made extends Probe {
        private final Getter attributes = new Getter("getAttributes");

        @Override
        @SuppressWarnings("unchecked") // as the exchange declares it
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            RequestScope request = CallStack.current().request().elsewhere();
            Object known = attributes.of(result);
            if (request != null && known instanceof Map) {
                ((Map<String, Object>) known).put(ATTRIBUTE, request);
            }
        }
    }

    /** A handler was found for the exchange in the argument. */
    private static final class Matched extends Probe {
        private final Getter attributes = new Getter("getAttributes");

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            Object known = attributes.of(a);
            if (!(known instanceof Map)) {
                return null;
            }
            Map<?, ?> all = (Map<?, ?>) known;
            Object request = all.get(ATTRIBUTE);
            Object pattern = all.get(HANDLER_MAPPING + "bestMatchingPattern");
            if (request instanceof RequestScope && pattern != null) {
                String route = pattern.toString();
                if (ServletMappings.isAnything(route)) {
                    ((RequestScope) request).mapping(route);
                } else {
                    ((RequestScope) request).route(route);
                }
            }
            return null;
        }
    }
}
