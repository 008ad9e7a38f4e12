package dev.headroom.core.hook.httpserver;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.HookId;
import dev.headroom.core.record.Recorder;
import net.bytebuddy.asm.Advice;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.coyote.ActionCode;
import org.apache.tomcat.util.http.MimeHeaders;

/** Times a request from its parsed headers to Tomcat's access log line, synchronous or not, on whatever thread it ends. */
public final class TomcatHook extends Hook {
    private static final String ADAPTER = "org.apache.catalina.connector.CoyoteAdapter";
    private static final String RESPONSE = "org.apache.coyote.Response";
    private static final String ACTION = "org.apache.coyote.ActionCode";
    private static final String REQUEST = "org.apache.catalina.connector.Request";

    public TomcatHook(Recorder recorder) {
        super("tomcat", "org.apache.tomcat:tomcat-catalina", "7 to 11");
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
        type(RESPONSE)
                .weave(method("action", ACTION, "java.lang.Object")
                        .needs(ACTION, "COMMIT")
                        .needs(ACTION, "CLOSE")
                        .needs(RESPONSE, "isCommitted")
                        .needs(RESPONSE, "getRequest")
                        .needs(RESPONSE, "getMimeHeaders")
                        .needs(RESPONSE, "addHeader")
                        .needs("org.apache.tomcat.util.http.MimeHeaders", "getHeader")
                        .advice(nested("Commit"))
                        .probe(requests.committed));
        type("org.apache.catalina.core.ContainerBase")
                .weave(method("logAccess", REQUEST, "org.apache.catalina.connector.Response", "long", "boolean")
                        .needs(REQUEST, "getCoyoteRequest")
                        .needs(REQUEST, "getWrapper")
                        .needs("org.apache.catalina.connector.Response", "getStatus")
                        .needs("org.apache.catalina.connector.Response", "getBytesWritten")
                        .needs("org.apache.catalina.connector.Response", "getCoyoteResponse")
                        .needs(RESPONSE, "getMimeHeaders")
                        .needs("org.apache.coyote.Request", "getMimeHeaders")
                        .needs("org.apache.tomcat.util.http.MimeHeaders", "getHeader")
                        .needs("org.apache.tomcat.util.http.MimeHeaders", "getValue")
                        .needs("org.apache.catalina.Wrapper", "findMappings")
                        .advice(nested("LogAccess"))
                        .probe(requests.logged));
    }

    /** Both codes commit an answer that is not. */
    static final class Commit {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @HookId int hook,
                @Advice.This org.apache.coyote.Response response,
                @Advice.Argument(0) ActionCode code) {
            if ((code == ActionCode.COMMIT || code == ActionCode.CLOSE) && !response.isCommitted()) {
                Object served = HeadroomBridge.live.enter(hook, response.getRequest(), null, null);
                if (served != null) {
                    Object timing = HeadroomBridge.live.enter(
                            hook, served, response.getMimeHeaders().getHeader("Cache-Control"), null);
                    if (timing instanceof String[]) {
                        response.addHeader("Server-Timing", ((String[]) timing)[0]);
                        response.addHeader("X-Response-Time", ((String[]) timing)[1]);
                    }
                }
            }
        }
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
                long sent = response.getBytesWritten(false);
                if (sent <= 0 && request.getAttribute("org.apache.tomcat.sendfile.filename") != null) {
                    sent = -1; // the operating system sends it
                }
                if (sent >= 0) {
                    HeadroomBridge.live.mark(hook, served, ~sent);
                    MimeHeaders answered = response.getCoyoteResponse().getMimeHeaders();
                    Object text = HeadroomBridge.live.enter(
                            hook, answered.getHeader("Content-Type"), served, answered.getHeader("Content-Encoding"));
                    if (text != null
                            && request.getCoyoteRequest().getMimeHeaders().getValue("Accept-Encoding") == null) {
                        HeadroomBridge.live.enter(hook, null, served, null);
                    }
                    if (sent > 0
                            && response.getStatus() == 200
                            && "GET".equals(request.getMethod())
                            && answered.getValue("ETag") == null
                            && answered.getValue("Last-Modified") == null) {
                        String caching = answered.getHeader("Cache-Control");
                        if (caching == null || !caching.contains("no-store")) {
                            HeadroomBridge.live.mark(hook, served, Long.MIN_VALUE);
                        }
                    }
                }
                if (HeadroomBridge.live.enter(hook, served, null, served) != null) {
                    HeadroomBridge.live.enter(hook, served, request.getHeader("traceparent"), served);
                }
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
