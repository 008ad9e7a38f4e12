package dev.headroom.core.hook.httpserver;

import dev.headroom.core.record.Call;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.RequestScope;
import org.jspecify.annotations.Nullable;

/**
 * One request being served, from its headers to its access log line; it may change threads on the way. Belongs to the server's
 * request object and is used again with it. One thread at a time.
 */
final class Served {
    private final RequestScope account = new RequestScope();
    private @Nullable CallStack thread;
    private @Nullable Call call;
    private boolean open;
    private long startNanos;

    HttpMethod method = HttpMethod.OTHER;
    boolean secure;
    int status;

    @Nullable
    String servletRoute;

    /** The servlet that served it and its mappings, only while the request is being recorded. */
    @Nullable
    Object servlet;

    @Nullable
    ServletMappings mappings;

    void begin(long nowNanos) {
        open = true;
        startNanos = nowNanos;
        servletRoute = null;
        account.begin();
    }

    boolean isOpen() {
        return open;
    }

    long startNanos() {
        return startNanos;
    }

    /** This thread serves the request from here on. */
    void attach(CallStack stack, long nowNanos) {
        thread = stack;
        stack.request().resume(account);
        call = stack.begin(CallStack.Kind.HTTP_SERVER, null, nowNanos);
    }

    /** The thread is done with the request, which may go on elsewhere. */
    void detach() {
        CallStack stack = thread;
        Call begun = call;
        thread = null;
        call = null;
        if (stack != null && begun != null) {
            account.resume(stack.request());
            stack.request().end();
            begun.discard();
        }
    }

    /** What the request did so far. */
    RequestScope account() {
        CallStack stack = thread;
        return stack != null && stack == CallStack.current() ? stack.request() : account;
    }

    void close() {
        open = false;
    }
}
