package dev.headroom.core.hook.httpserver;

import dev.headroom.core.hook.Getter;
import dev.headroom.core.hook.Probe;
import dev.headroom.core.hook.WeakIdentityMap;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.record.RequestScope;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The probes of servlets and filters. Where a server's own hook has begun the request they only tell its pattern and its exception;
 * else the outermost call is the request, unless it goes on asynchronously, when the container's listener tells the end.
 */
final class ServletRequests {
    private static final int MAX_SERVLETS = 5_000;
    private static final String ATTRIBUTE = "dev.headroom.served";
    private static final int FAILED = 500;

    private final Exchanges exchanges;
    private final WeakIdentityMap<ServletMappings> servlets = new WeakIdentityMap<>(MAX_SERVLETS);
    private final Getter method = new Getter("getMethod");
    private final Getter trace = new Getter("getHeader", Exchanges.TRACE_PARENT);
    private final Getter scheme = new Getter("getScheme");
    private final Getter status = new Getter("getStatus");
    private final Getter mark = new Getter("getAttribute", ATTRIBUTE);
    private final Getter committed = new Getter("isCommitted");
    private final Getter match = new Getter("getHttpServletMapping");
    private final Getter pattern = new Getter("getPattern");
    private final Getter asyncStarted = new Getter("isAsyncStarted");
    private final Getter config = new Getter("getServletConfig");
    private final Getter name = new Getter("getServletName");
    private final Getter context = new Getter("getServletContext");
    private final Getter contextPath = new Getter("getContextPath");
    private final Getter mappings = new Getter("getMappings");
    private final Getter servletPath = new Getter("getServletPath");
    private final Getter pathInfo = new Getter("getPathInfo");

    private final AnswerHeaders headers;

    final Probe served = new Call(true);
    final Probe filtered = new Call(false);

    ServletRequests(Recorder recorder) {
        this.exchanges = new Exchanges(recorder);
        this.headers = new AnswerHeaders(exchanges, "getHeader", "addHeader");
        recorder.gauges(sink -> servlets.purge());
    }

    /** A servlet's or filter's call with request and response. */
    private final class Call extends Probe {
        private final boolean servlet;

        Call(boolean servlet) {
            this.servlet = servlet;
        }

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            if (self == null || a == null) {
                return null;
            }
            Served within = Exchanges.current();
            Fallback began = null;
            if (within == null) {
                if (CallStack.current().inside(CallStack.Kind.HTTP_SERVER)) {
                    return null;
                }
                began = begin(a, b);
                within = began == null ? null : began.served;
            }
            if (within == null) {
                return null;
            }
            if (servlet) {
                map(self, a, within.account(), began != null);
            }
            if (began != null) {
                return began;
            }
            if (within.inServlet) {
                return null;
            }
            within.inServlet = true;
            return within;
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            Served within = token instanceof Fallback ? ((Fallback) token).served : (Served) token;
            within.inServlet = false;
            if (thrown != null) {
                Exchanges.failed(within, thrown);
            }
            if (token instanceof Fallback) {
                leave((Fallback) token, thrown);
            }
        }
    }

    private @Nullable Fallback begin(Object request, @Nullable Object response) {
        String verb = method.text(request);
        if (verb == null) {
            return null;
        }
        Object known = mark.of(request);
        Served served =
                known instanceof Served && ((Served) known).isOpen() ? (Served) known : exchanges.begin(request);
        Object attached = exchanges.attach(served);
        if (served == null || attached == null) {
            return null;
        }
        served.method = HttpMethod.of(verb);
        served.secure = "https".equals(scheme.text(request));
        served.inServlet = true;
        exchanges.traceEarly(served, trace, request);
        return new Fallback(served, attached, request, response);
    }

    /** What was not committed when the outermost call returns is committed by the container, unless it goes on elsewhere. */
    private void tell(Fallback call) {
        boolean last = call.served.isOpen() && !asyncStarted.isTrue(call.request);
        if (last && exchanges.areTelling() && !committed.isTrue(call.response)) {
            headers.tell(call.served, call.response);
        }
    }

    private void leave(Fallback call, @Nullable Throwable thrown) {
        if (thrown == null) {
            tell(call);
        }
        exchanges.detach(call.attached);
        Served served = call.served;
        if (!served.isOpen()) {
            return;
        }
        if (asyncStarted.isTrue(call.request)) {
            AsyncEnd.listen(call.request, ATTRIBUTE, served, call); // a new pause drops the listeners of the one before
        } else if (mark.of(call.request) != served) {
            call.ended(thrown != null);
        }
    }

    /** The pattern is asked of the container once for each servlet, and the path only where patterns have to be told apart. */
    private void map(Object servlet, Object request, RequestScope account, boolean alone) {
        if (account.mapping() != null || account.route() != null) {
            return;
        }
        ServletMappings known = servlets.get(servlet);
        if (known == null) {
            known = mappings(servlet, request);
            servlets.putIfAbsent(servlet, known);
        }
        if (known.isEmpty()) {
            String matched = alone ? pattern.text(match.of(request)) : null;
            if (matched == null) {
                return; // the container's own hook may know more
            }
            String path = contextPath.text(request);
            known = new ServletMappings(path == null ? "" : path, new String[] {matched});
        }
        account.mapping(
                known.isOne() ? known.onlyRoute() : known.route(servletPath.text(request), pathInfo.text(request)));
    }

    private ServletMappings mappings(Object servlet, Object request) {
        String known = name.text(config.of(servlet));
        Object application = context.of(request);
        Object registration = known == null ? null : new Getter("getServletRegistration", known).of(application);
        Object patterns = mappings.of(registration);
        String[] all = {};
        if (patterns instanceof Collection) {
            all = ((Collection<?>) patterns).toArray(new String[0]);
        }
        String path = contextPath.text(application);
        return new ServletMappings(path == null ? "" : path, all);
    }

    /** A request that this hook began, for the time of one call. */
    private final class Fallback implements AsyncEnd.Waiting {
        final Served served;
        final Object attached;
        final Object request;
        final @Nullable Object response;

        Fallback(Served served, Object attached, Object request, @Nullable Object response) {
            this.served = served;
            this.attached = attached;
            this.request = request;
            this.response = response;
        }

        /** The container answers an exception only after it has left the outermost filter. */
        @Override
        public void ended(boolean failed) {
            int told = status.number(response);
            served.status = failed && told < FAILED && !committed.isTrue(response) ? FAILED : told;
            exchanges.finish(served);
            exchanges.forget(request);
        }
    }
}
