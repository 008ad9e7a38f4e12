package dev.headroom.core.hook.httpserver;

import dev.headroom.core.hook.Probe;
import dev.headroom.core.hook.WeakIdentityMap;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.DurationSeries;
import dev.headroom.core.record.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * The probes of Tomcat. A request begins when the adapter gets it, may leave its thread and come back, and ends with the first
 * access log call, which Tomcat makes exactly once for each request and in every case; further calls come from parents in the
 * container tree.
 */
final class TomcatRequests {
    private static final int MAX_REQUESTS = 50_000;
    private static final int MAX_SERVLETS = 5_000;
    private static final String ABORTED = "aborted";

    private final Recorder recorder;
    private final Routes routes;
    private final WeakIdentityMap<Served> requests = new WeakIdentityMap<>(MAX_REQUESTS);
    private final WeakIdentityMap<ServletMappings> servlets = new WeakIdentityMap<>(MAX_SERVLETS);

    final Probe service = new Service();
    final Probe dispatch = new Dispatch();
    final Probe rejected = new Rejected();
    final Probe logged = new Logged();

    TomcatRequests(Recorder recorder) {
        this.recorder = recorder;
        this.routes = new Routes(recorder);
        recorder.gauges(sink -> {
            requests.purge();
            servlets.purge();
        });
    }

    private @Nullable Served begin(Object request, long nowNanos) {
        Served served = requests.get(request);
        if (served == null) {
            served = requests.putIfAbsent(request, new Served());
        }
        if (served != null) {
            served.begin(nowNanos);
        }
        return served;
    }

    /** The adapter's service method: the request is the first argument. */
    private final class Service extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            long now = recorder.nanos();
            Served served = a == null ? null : begin(a, now);
            if (served != null) {
                served.attach(CallStack.current(), now);
            }
            return served;
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            ((Served) token).detach();
        }
    }

    /** A thread takes up an asynchronous request again. */
    private final class Dispatch extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            Served served = a == null ? null : requests.get(a);
            if (served == null || !served.isOpen()) {
                return null;
            }
            served.attach(CallStack.current(), recorder.nanos());
            return served;
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            ((Served) token).detach();
        }
    }

    /** Tomcat logs a request that it refused before the adapter: a malformed one. It took no time that we saw. */
    private final class Rejected extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            Served served = a == null ? null : requests.get(a);
            if (a != null && (served == null || !served.isOpen())) {
                begin(a, recorder.nanos());
            }
            return null;
        }
    }

    /**
     * The access log call. First with the request, its method and scheme; then, with the token, the status by mark, the servlet,
     * what is asked for in answer, and at exit the exception that Tomcat kept. Asked for are first the servlet's mappings with the
     * context path, when they are not known yet, then the paths that matched, when more than one mapping could be meant: making
     * text of them may be work that nobody else would cause.
     */
    private final class Logged extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            if (self instanceof Served) {
                return matched((Served) self, a, b);
            }
            if (self == null) {
                return null;
            }
            Served served = requests.get(self);
            if (served == null || !served.isOpen()) {
                return null;
            }
            served.close();
            if (requests.size() > MAX_REQUESTS / 2) {
                requests.remove(self);
            }
            served.method = HttpMethod.of((String) a);
            served.secure = "https".equals(b);
            return served;
        }

        /** @return the request to ask for mappings, the mappings to ask for paths, null when enough is known */
        private @Nullable Object matched(Served served, @Nullable Object a, @Nullable Object b) {
            if (b instanceof String[]) {
                Object servlet = served.servlet;
                ServletMappings mappings = new ServletMappings(a == null ? "" : (String) a, (String[]) b);
                if (servlet != null) {
                    servlets.putIfAbsent(servlet, mappings);
                }
                return only(served, mappings);
            }
            ServletMappings known = served.mappings;
            if (a instanceof String) {
                served.servletRoute = known == null ? null : known.route((String) a, (String) b);
                return null;
            }
            if (a == null || served.account().route() != null) {
                return null;
            }
            served.servlet = a;
            known = servlets.get(a);
            return known == null ? served : only(served, known);
        }

        private @Nullable Object only(Served served, ServletMappings mappings) {
            served.mappings = mappings;
            served.servletRoute = mappings.onlyRoute();
            return mappings.isOne() ? null : mappings;
        }

        @Override
        public void mark(@Nullable Object self, long value) {
            if (self instanceof Served) {
                ((Served) self).status = (int) value;
            }
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            Served served = (Served) token;
            String told = served.account().route();
            String route = told != null ? told : served.servletRoute != null ? served.servletRoute : Routes.UNMATCHED;
            DurationSeries series = routes.series(route, served.method, served.secure, served.status, served.account());
            served.servlet = null;
            served.mappings = null;
            String error = errorType(served.status, thrown);
            (error == null ? series : series.failed(error))
                    .record(Clock.elapsed(served.startNanos(), recorder.nanos()));
        }
    }

    /** A request that the client gave up is no failure of the service; below 500 an exception was turned into an answer. */
    private static @Nullable String errorType(int status, @Nullable Throwable thrown) {
        Throwable cause = thrown;
        while (cause != null
                && cause.getCause() != null
                && cause.getClass().getName().endsWith("ServletException")) {
            cause = cause.getCause();
        }
        if (cause != null && cause.getClass().getName().endsWith("ClientAbortException")) {
            return ABORTED;
        }
        if (status < 500) {
            return null;
        }
        return cause == null ? Integer.toString(status) : cause.getClass().getName();
    }
}
