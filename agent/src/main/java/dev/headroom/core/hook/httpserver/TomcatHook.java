package dev.headroom.core.hook.httpserver;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.HookId;
import dev.headroom.core.record.Recorder;
import net.bytebuddy.asm.Advice;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;

/** Times a request from its parsed headers to Tomcat's access log line, synchronous or not, on whatever thread it ends. */
public final class TomcatHook extends Hook {
    private static final String ADAPTER = "org.apache.catalina.connector.CoyoteAdapter";
    private static final String REQUEST = "org.apache.catalina.connector.Request";

    public TomcatHook(Recorder recorder) {
        super("tomcat", "org.apache.tomcat:tomcat-catalina", "8.5 to 11");
        TomcatRequests requests = new TomcatRequests(recorder);
        type(ADAPTER)
                .weave(
                        method("service", "org.apache.coyote.Request", "org.apache.coyote.Response")
                                .advice(Advices.TIMED_ARGUMENT)
                                .probe(requests.service),
                        anyMethod("asyncDispatch")
                                .advice(Advices.TIMED_ARGUMENT)
                                .probe(requests.dispatch),
                        method("log", "org.apache.coyote.Request", "org.apache.coyote.Response", "long")
                                .advice(Advices.TIMED_ARGUMENT)
                                .probe(requests.rejected));
        type("org.apache.catalina.core.ContainerBase")
                .weave(method("logAccess", REQUEST, "org.apache.catalina.connector.Response", "long", "boolean")
                        .needs(REQUEST, "getCoyoteRequest")
                        .needs(REQUEST, "getWrapper")
                        .needs("org.apache.catalina.connector.Response", "getStatus")
                        .needs("org.apache.catalina.Wrapper", "findMappings")
                        .advice(nested("LogAccess"))
                        .probe(requests.logged));
    }

    /** Parsing is over here, so asking the request for text changes nothing in it. */
    static final class LogAccess {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @HookId int hook, @Advice.Argument(0) Request request, @Advice.Argument(1) Response response) {
            Object served = HeadroomBridge.live.enter(
                    hook, request.getCoyoteRequest(), request.getMethod(), request.getScheme());
            if (served != null) {
                HeadroomBridge.live.mark(hook, served, response.getStatus());
                Wrapper servlet = request.getWrapper();
                if (servlet != null) {
                    Object asks = HeadroomBridge.live.enter(hook, served, servlet, null);
                    if (asks == served) {
                        asks = HeadroomBridge.live.enter(
                                hook, served, request.getContextPath(), servlet.findMappings());
                    }
                    if (asks != null) {
                        HeadroomBridge.live.enter(hook, served, request.getServletPath(), request.getPathInfo());
                    }
                }
                Object failure = request.getAttribute("javax.servlet.error.exception");
                if (failure == null) {
                    failure = request.getAttribute("jakarta.servlet.error.exception");
                }
                HeadroomBridge.live.exit(hook, served, null, (Throwable) failure);
            }
        }
    }
}
