package dev.headroom.core.hook.httpserver;

import dev.headroom.catalog.Metric;
import dev.headroom.core.hook.Getter;
import dev.headroom.core.hook.WeakIdentityMap;
import dev.headroom.core.record.Call;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.record.RequestScope;
import dev.headroom.core.record.ServerTiming;
import org.jspecify.annotations.Nullable;

/**
 * The life of requests, the same for every server: begun when the headers are parsed, attached to the threads that serve it one
 * after the other, finished once, when the answer is complete or the client is gone. Thread-safe.
 */
final class Exchanges {
    /** The header of the W3C's Trace Context that says which trace a request belongs to. */
    static final String TRACE_PARENT = "traceparent";

    private static final int MAX_REQUESTS = 50_000;
    private static final String ABORTED = "aborted";
    static final int FIRST_SERVER_ERROR = 500;
    private static final int FIRST_ERROR = 400;

    private final Recorder recorder;
    private final Routes routes;
    private final WeakIdentityMap<Served> requests = new WeakIdentityMap<>(MAX_REQUESTS);

    Exchanges(Recorder recorder) {
        this.recorder = recorder;
        this.routes = new Routes(recorder);
        recorder.gauges(sink -> requests.purge());
    }

    /** A request that the server knows by an object, which it may use again for later ones; null when there are too many. */
    @Nullable
    Served begin(Object key) {
        Served served = requests.get(key);
        if (served == null) {
            served = requests.putIfAbsent(key, new Served());
        }
        if (served != null) {
            served.begin(recorder.nanos(), recorder.examples());
        }
        return served;
    }

    /** The request known by that object, while it is not finished. */
    @Nullable
    Served open(@Nullable Object key) {
        Served served = key == null ? null : requests.get(key);
        return served == null || !served.isOpen() ? null : served;
    }

    /** From now on the request is known by this object too. */
    void alias(Object key, Served served) {
        requests.put(key, served);
    }

    void forget(Object key) {
        requests.remove(key);
    }

    /** Forgets the object that stood for the request until a better one was known. */
    void forgetTask(Served served) {
        Object task = served.response;
        served.response = null;
        if (task != null) {
            forget(task);
        }
    }

    /** What was attached. */
    static @Nullable Served of(Object attached) {
        Object owner = ((Call) attached).owner();
        return owner instanceof Served ? (Served) owner : null;
    }

    /** What is remembered of server objects, finished ones included. */
    boolean isCrowded() {
        return requests.size() > MAX_REQUESTS / 2;
    }

    /** The request that this thread serves, when a hook of this server began it. */
    static @Nullable Served current() {
        Call serving = CallStack.current().open(CallStack.Kind.HTTP_SERVER);
        return serving == null ? null : of(serving);
    }

    /**
     * This thread serves the request from here on.
     *
     * @return what {@link #detach} wants; null when this thread serves it already
     */
    @Nullable
    Object attach(@Nullable Served served) {
        CallStack stack = CallStack.current();
        if (served == null || stack.request() == served.account()) {
            return null;
        }
        Call serving = stack.begin(CallStack.Kind.HTTP_SERVER, null, Clock.UNTIMED);
        serving.owner(served);
        stack.serve(served.account());
        return serving;
    }

    /** The thread is done with the request, which may go on elsewhere. */
    void detach(Object attached) {
        Call serving = (Call) attached;
        Served served = of(attached);
        if (served != null) {
            CallStack.current().leave(served.account());
        }
        serving.discard();
    }

    /** Records the request with what was told of it; again does nothing. */
    void finish(Served served) {
        if (!served.close()) {
            return;
        }
        long nanos = Clock.elapsed(served.startNanos(), recorder.nanos());
        RequestScope account = served.account();
        account.gather();
        String route = route(account, served.status);
        String error = error(served, account);
        routes.record(route, served, error, nanos);
        served.finished.set(served.method.text(), route, served.status, error, nanos);
        recorder.examples().finished(served.finished, account);
        account.forget();
        served.response = null;
        served.key = null;
    }

    /** The request goes on as another one, which is recorded in its place. */
    void drop(Served served) {
        if (served.close()) {
            served.account().gather();
            served.account().forget();
            served.response = null;
            served.key = null;
        }
    }

    /** Whether answers are to say where the time went. */
    boolean areTelling() {
        return recorder.doAnswersTell();
    }

    /** The open request known by that object, if its answer is to say where the time went. */
    @Nullable
    Served telling(@Nullable Object key) {
        return recorder.doAnswersTell() ? open(key) : null;
    }

    /**
     * The values of {@code Server-Timing} and {@code X-Response-Time} for an answer that is about to be committed; null where it must
     * not say so.
     */
    String @Nullable [] timing(Served served, @Nullable String cacheControl) {
        long nanos = Clock.elapsed(served.startNanos(), recorder.nanos());
        return nanos == Clock.UNTIMED || ServerTiming.isShared(cacheControl)
                ? null
                : new String[] {
                    ServerTiming.text(served.account(), nanos, recorder.limits(Metric.HTTP_SERVER_DURATION)),
                    ServerTiming.total(nanos)
                };
    }

    /** Whether the request, which is about to be finished, may be kept as an example. */
    boolean mayKeep(Served served) {
        return recorder.examples().mayKeep(served.account(), served.status, served.startNanos());
    }

    /** Asks for the trace that the request belongs to, at its end, where it may be kept: its status is known. */
    void trace(Served served, Getter traceParent, @Nullable Object of) {
        if (of != null && mayKeep(served)) {
            served.finished.trace(traceParent.text(of));
        }
    }

    /** The same at its begin, where the request's headers are not known at its end. */
    void traceEarly(Served served, Getter traceParent, @Nullable Object of) {
        if (of != null && served.account().logged()) {
            served.finished.trace(traceParent.text(of));
        }
        propagate(served, traceParent, of);
    }

    /** At its begin: what outgoing calls are to carry, where that is wanted. */
    void propagate(@Nullable Served served, Getter traceParent, @Nullable Object of) {
        if (served != null && of != null && recorder.doPropagateTraces()) {
            served.account().traceParent(traceParent.text(of));
        }
    }

    /** A framework's template, else the servlet's pattern; "/**" for what a default servlet or a resource handler had. */
    private static String route(RequestScope account, int status) {
        String told = account.route();
        if (told != null) {
            return told;
        }
        String mapping = account.mapping();
        boolean found = mapping != null && (status < FIRST_ERROR || !ServletMappings.isAnything(mapping));
        return found && mapping != null ? mapping : Routes.UNMATCHED;
    }

    /** A request that the client gave up is no failure of the service; below 500 an exception was turned into an answer. */
    private static @Nullable String error(Served served, RequestScope account) {
        String failure = account.failure();
        if (served.isAborted() || (failure != null && isClientGone(failure))) {
            return ABORTED;
        }
        if (served.status < FIRST_SERVER_ERROR) {
            return null;
        }
        return failure == null ? Integer.toString(served.status) : failure;
    }

    private static boolean isClientGone(String className) {
        return className.equals(ABORTED)
                || className.endsWith("ClientAbortException")
                || className.endsWith(".EofException")
                || className.endsWith("QuietException")
                || className.endsWith(".AbortedException")
                || className.endsWith("AsyncRequestNotUsableException")
                || className.equals("java.nio.channels.ClosedChannelException");
    }

    /**
     * An exception left the application: of those wrapped for a servlet the one that matters is told by its class; a word of ours where
     * the client has gone.
     */
    static void failed(Served served, Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null && cause.getClass().getName().endsWith("ServletException")) {
            cause = cause.getCause();
        }
        failed(served.account(), cause);
    }

    /** As above, of an exception that nobody wrapped. */
    static void failed(RequestScope account, Throwable cause) {
        if (isClientGone(cause)) {
            account.failure(ABORTED);
        } else {
            // The message is the application's code: only asked where an example may show it.
            account.failure(cause.getClass().getName(), account.logged() ? message(cause) : null);
        }
    }

    /** The application's own exceptions may fail to say. */
    private static @Nullable String message(Throwable cause) {
        try {
            return cause.getMessage();
        } catch (Throwable unsaid) {
            return null;
        }
    }

    /** A plain exception of the operating system's, by its words. */
    private static boolean isClientGone(Throwable cause) {
        String message = cause instanceof java.io.IOException ? cause.getMessage() : null;
        return message != null && (message.startsWith("Broken pipe") || message.startsWith("Connection reset"));
    }
}
