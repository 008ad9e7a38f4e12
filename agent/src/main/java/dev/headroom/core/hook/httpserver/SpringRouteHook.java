package dev.headroom.core.hook.httpserver;

import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.HookId;
import dev.headroom.core.hook.Probe;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.record.RequestScope;
import java.util.concurrent.ConcurrentHashMap;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * Tells the request which route template Spring MVC matched: as soon as the handler is found, so that what it does is known by it,
 * and at the end, for dispatchers that find it in a way of their own. Times nothing.
 */
public final class SpringRouteHook extends Hook {
    private static final String JAVAX = "javax.servlet.http.HttpServletRe";
    private static final String JAKARTA = "jakarta.servlet.http.HttpServletRe";

    /** @param recorder not needed: routes are kept with the request that is being served */
    public SpringRouteHook(Recorder recorder) {
        super("spring-mvc", "org.springframework:spring-webmvc", "3.2 to 7");
        Probe matched = new Matched();
        type("org.springframework.web.servlet.DispatcherServlet")
                .firstOf(
                        method("getHandler", JAKARTA + "quest")
                                .advice(nested("Jakarta"))
                                .probe(matched),
                        method("getHandler", JAVAX + "quest")
                                .advice(nested("Javax"))
                                .probe(matched))
                .firstOf(
                        method("doDispatch", JAKARTA + "quest", JAKARTA + "sponse")
                                .advice(nested("Jakarta"))
                                .probe(matched),
                        method("doDispatch", JAVAX + "quest", JAVAX + "sponse")
                                .advice(nested("Javax"))
                                .probe(matched));
    }

    static final class Jakarta {
        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(@HookId int hook, @Advice.Argument(0) jakarta.servlet.http.HttpServletRequest request) {
            Object pattern = request.getAttribute("org.springframework.web.servlet.HandlerMapping.bestMatchingPattern");
            if (pattern != null) {
                String prefix = request.getContextPath();
                if (request.getPathInfo() != null) {
                    prefix = prefix.concat(request.getServletPath());
                }
                HeadroomBridge.live.enter(hook, prefix, pattern, request.getDispatcherType());
            }
        }
    }

    static final class Javax {
        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(@HookId int hook, @Advice.Argument(0) javax.servlet.http.HttpServletRequest request) {
            Object pattern = request.getAttribute("org.springframework.web.servlet.HandlerMapping.bestMatchingPattern");
            if (pattern != null) {
                String prefix = request.getContextPath();
                if (request.getPathInfo() != null) {
                    prefix = prefix.concat(request.getServletPath());
                }
                HeadroomBridge.live.enter(hook, prefix, pattern, request.getDispatcherType());
            }
        }
    }

    /** Gets the path prefix (context and servlet), the pattern and the dispatcher type. */
    private static final class Matched extends Probe {
        private static final int MAX_PREFIXED = 1_000;

        private final ConcurrentHashMap<String, ConcurrentHashMap<String, String>> prefixed = new ConcurrentHashMap<>();

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            // The error page's own route would take the place of every route that fails.
            if (a == null || (b instanceof Enum && ((Enum<?>) b).name().equals("ERROR"))) {
                return null;
            }
            RequestScope request = CallStack.current().request();
            if (request.active() && ServletMappings.ANYTHING.equals(a)) {
                request.mapping(ServletMappings.ANYTHING); // the resource handler
            } else if (request.active() && request.route() == null) {
                request.route(route(self == null ? "" : (String) self, a.toString()));
            }
            return null;
        }

        private String route(String prefix, String pattern) {
            if (prefix.isEmpty()) {
                return pattern;
            }
            ConcurrentHashMap<String, String> routes = prefixed.get(prefix);
            if (routes == null) {
                routes = new ConcurrentHashMap<>();
                if (prefixed.size() < MAX_PREFIXED) {
                    prefixed.put(prefix, routes);
                }
            }
            String route = routes.get(pattern);
            if (route == null) {
                route = prefix + pattern;
                if (routes.size() < MAX_PREFIXED) {
                    routes.put(pattern, route);
                }
            }
            return route;
        }
    }
}
