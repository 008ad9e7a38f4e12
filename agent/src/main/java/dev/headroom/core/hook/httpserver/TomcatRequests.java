package dev.headroom.core.hook.httpserver;

import dev.headroom.core.hook.Getter;
import dev.headroom.core.hook.Probe;
import dev.headroom.core.hook.WeakIdentityMap;
import dev.headroom.core.record.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * The probes of Tomcat. A request begins when the adapter gets it, may leave its thread and come back, and ends with the first
 * access log call, which Tomcat makes exactly once for each request and in every case; further calls come from parents in the
 * container tree.
 */
final class TomcatRequests {
    private static final int MAX_SERVLETS = 5_000;
    /** No complement of a size: the answer has nothing to validate it by. */
    private static final long UNVALIDATED = Long.MIN_VALUE;

    private final Getter traceHeader = new Getter("getHeader", Exchanges.TRACE_PARENT);
    private final Exchanges exchanges;
    private final WeakIdentityMap<ServletMappings> servlets = new WeakIdentityMap<>(MAX_SERVLETS);

    final Probe service = new Service();
    final Probe dispatch = new Dispatch();
    final Probe rejected = new Rejected();
    final Probe logged = new Logged();
    final Probe committed;

    TomcatRequests(Recorder recorder) {
        this.exchanges = new Exchanges(recorder);
        this.committed = new CommittedAnswer(exchanges);
        recorder.gauges(sink -> servlets.purge());
    }

    /** The adapter's service method: the request is the first argument. */
    private final class Service extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            Served served = a == null ? null : exchanges.begin(a);
            exchanges.propagate(served, traceHeader, a);
            return exchanges.attach(served);
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            exchanges.detach(token);
        }
    }

    /** A thread takes up an asynchronous request again. */
    private final class Dispatch extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            return exchanges.attach(exchanges.open(a));
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            exchanges.detach(token);
        }
    }

    /** Tomcat logs a request that it refused before the adapter: a malformed one. It took no time that we saw. */
    private final class Rejected extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            if (a != null && exchanges.open(a) == null) {
                exchanges.begin(a);
            }
            return null;
        }
    }

    /**
     * The access log call. First with the request, its method and scheme; then, with the token, the status by mark, and if they are
     * known the bytes sent as their complement, and the smallest number when it has no validator; the answer's type and encoding with
     * the token between; the servlet, what is asked for in answer, and at exit the exception that Tomcat kept. Asked for are first the
     * servlet's mappings with the context path, when they are not known yet, then the paths that matched, when more than one mapping
     * could be meant: making text of them may be work that nobody else would cause. With the request as last argument it is about the
     * trace that it belongs to.
     */
    private final class Logged extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            if (self instanceof Served) {
                return matched((Served) self, a, b);
            }
            if (a instanceof Served) {
                return described((Served) a, (String) self, (String) b);
            }
            Served served = exchanges.open(self);
            if (served == null || self == null || served.key != null) {
                return null;
            }
            served.key = self;
            served.method = HttpMethod.of((String) a);
            served.secure = "https".equals(b);
            return served;
        }

        /**
         * The answer's type and encoding; without a type when the client offered none.
         *
         * @return what to ask with whether it did; null where that does not matter
         */
        private @Nullable Object described(Served served, @Nullable String type, @Nullable String encoding) {
            served.encoding = BodyEncoding.of(type, encoding);
            return served.encoding == BodyEncoding.IDENTITY ? served : null;
        }

        /** @return the request to ask for mappings, the mappings to ask for paths, null when enough is known */
        private @Nullable Object matched(Served served, @Nullable Object a, @Nullable Object b) {
            Object servlet = served.response;
            if (b == served) {
                if (a instanceof String) {
                    served.finished.trace((String) a);
                }
                return exchanges.mayKeep(served) ? served : null;
            }
            if (b instanceof String[]) {
                ServletMappings mappings = new ServletMappings(a == null ? "" : (String) a, (String[]) b);
                if (servlet != null) {
                    servlets.putIfAbsent(servlet, mappings);
                }
                return only(served, mappings);
            }
            if (a instanceof String) {
                ServletMappings known = servlet == null ? null : servlets.get(servlet);
                if (known != null) {
                    served.account().mapping(known.route((String) a, (String) b));
                }
                return null;
            }
            if (a == null
                    || served.account().route() != null
                    || served.account().mapping() != null) {
                return null;
            }
            served.response = a;
            ServletMappings known = servlets.get(a);
            return known == null ? served : only(served, known);
        }

        private @Nullable Object only(Served served, ServletMappings mappings) {
            if (mappings.isOne()) {
                served.account().mapping(mappings.onlyRoute());
                return null;
            }
            return mappings;
        }

        @Override
        public void mark(@Nullable Object self, long value) {
            if (!(self instanceof Served)) {
                return;
            }
            Served served = (Served) self;
            if (value == UNVALIDATED) {
                served.unvalidated = true;
            } else if (value < 0) {
                served.sent = ~value;
            } else {
                served.status = (int) value;
            }
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            Served served = (Served) token;
            if (thrown != null) {
                Exchanges.failed(served, thrown);
            }
            Object request = served.key;
            exchanges.finish(served);
            if (request != null && exchanges.isCrowded()) {
                exchanges.forget(request);
            }
        }
    }
}
