package dev.headroom.core.hook.httpclient;

import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.DurationSeries;
import dev.headroom.core.record.Recorder;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The life of an outgoing call, the same for every client: begun when the application asks, given a status with the reply's
 * headers, ended once, when the reply is complete, given up or failed. What begins within a call belongs to it.
 *
 * <p>A reply that is still open a minute after its headers (a stream, or a body that nobody closes) is recorded with the time to
 * its headers; a call without any headers for an hour as {@value #UNANSWERED}. Thread-safe; in steady state nothing is allocated.
 */
final class ClientCalls {
    static final String CANCELLED = "java.util.concurrent.CancellationException";
    static final String UNANSWERED = "unanswered";
    static final long STREAM_NANOS = TimeUnit.SECONDS.toNanos(60);
    static final long UNANSWERED_NANOS = TimeUnit.HOURS.toNanos(1);

    final Recorder recorder;
    private final Peers peers;
    private final OpenCalls open = new OpenCalls();
    /** What else tells of a call: in place of its port, the identity of the object that stands for the call. */
    private final OpenCalls aliases = new OpenCalls();

    /** @param hook its name: when it is switched off, what is open is forgotten */
    ClientCalls(Recorder recorder, String hook) {
        this.recorder = recorder;
        this.peers = new Peers(recorder);
        recorder.gauges(sink -> sweep());
        recorder.switches().whenOff(hook, new Runnable() {
            @Override
            public void run() {
                forgetAll();
            }
        });
    }

    /** Whether the calling thread is within a call of some client. */
    static boolean nested() {
        return CallStack.current().inside(CallStack.Kind.HTTP_CLIENT);
    }

    /** Begins the call that the library's object stands for; the caller may still name the peer. Null: not measured. */
    @Nullable
    OpenCall begin(Object key, @Nullable String host, @Nullable String method) {
        return begin(key, host, method, recorder.nanos());
    }

    /** Begins it with what is known from before. */
    @Nullable
    OpenCall begin(Object key, @Nullable String host, @Nullable String method, long startNanos) {
        OpenCall call = open.open(OpenCalls.identity(key));
        if (call != null) {
            call.begin(host, method, startNanos);
            call.behalf.anywhere(CallStack.current(), startNanos);
            open.publish(call);
        }
        return call;
    }

    /** The headers came, the body will be read later: the object of that identity stands for the rest of the call. */
    void bodyFollows(int identity, OpenCall asked) {
        OpenCall call = open.open(identity);
        long now = recorder.nanos();
        if (call == null) {
            record(asked, Clock.elapsed(asked.startNanos, now), null);
        } else {
            call.become(asked);
            call.headers(asked.status, now);
            open.publish(call);
        }
    }

    /** Takes a claimed call out of its place: nobody else ends it any more, and nobody waits for it. */
    void move(OpenCall claimed, OpenCall to) {
        forget(claimed.alias);
        to.become(claimed);
        open.free(claimed);
    }

    /** Ends a call that needed no place. */
    void endHere(OpenCall asked, @Nullable String errorType) {
        record(asked, Clock.elapsed(asked.startNanos, recorder.nanos()), errorType);
    }

    /** The call's method, when it was not known at its begin. */
    void method(Object key, String method) {
        OpenCall call = claim(key);
        if (call != null) {
            call.method = call.method == null ? method : call.method;
            open.publish(call);
        }
    }

    /** By which URL template the application asked, where that is known only after the begin. */
    void template(Object key, @Nullable String template) {
        OpenCall call = claim(key);
        if (call != null) {
            call.template = template;
            open.publish(call);
        }
    }

    /** Another object that will tell when the application gives the call up; the last one counts. */
    void alias(Object key, Object other) {
        OpenCall call = claim(key);
        if (call != null) {
            forget(call.alias);
            int identity = OpenCalls.identity(other);
            OpenCall alias = aliases.open(identity);
            if (alias != null) {
                alias.begin(null, null, 0);
                alias.port = OpenCalls.identity(key);
                aliases.publish(alias);
                call.alias = identity;
            }
            open.publish(call);
        }
    }

    private void forget(int identity) {
        OpenCall alias = identity == 0 ? null : aliases.claim(identity);
        if (alias != null) {
            aliases.free(alias);
        }
    }

    /**
     * Ends the call that this object was named as an alias of. Who holds a call may wait for its alias, so nobody waits for a call
     * while he holds an alias.
     */
    void endByAlias(Object other, @Nullable String errorType) {
        OpenCall alias = aliases.claim(OpenCalls.identity(other));
        if (alias != null) {
            int identity = alias.port;
            aliases.free(alias);
            OpenCall call = open.claim(identity);
            if (call != null) {
                end(call, errorType);
            }
        }
    }

    /** The reply's headers came. */
    void headers(Object key, int status) {
        OpenCall call = claim(key);
        if (call != null) {
            call.headers(status, recorder.nanos());
            if (call.done) {
                end(call, null);
            } else {
                open.publish(call);
            }
        }
    }

    /** The reply's headers came, and from here on the object of that identity stands for the call. */
    void headers(Object key, int status, int next) {
        OpenCall call = claim(key);
        if (call != null) {
            call.headers(status, recorder.nanos());
            follow(call, next);
        }
    }

    /** From here on the object of that identity stands for the call. */
    void follow(Object key, int next) {
        OpenCall call = claim(key);
        if (call != null) {
            follow(call, next);
        }
    }

    /** Without a place for it the call is over. */
    private void follow(OpenCall claimed, int next) {
        OpenCall place = open.open(next);
        if (place == null) {
            end(claimed, null);
        } else {
            forget(claimed.alias);
            place.become(claimed);
            open.publish(place);
            open.free(claimed);
        }
    }

    /** The reply is complete, or {@code errorType} says why it never will be. Only the first end of a call counts. */
    void end(Object key, @Nullable String errorType) {
        OpenCall call = claim(key);
        if (call != null) {
            end(call, errorType);
        }
    }

    /** As {@link #end}, but where the status is told only after the reply is complete, with it. */
    void endOrAwaitStatus(Object key) {
        OpenCall call = claim(key);
        if (call != null && call.status == 0) {
            call.done = true;
            open.publish(call);
        } else if (call != null) {
            end(call, null);
        }
    }

    /** Whether the object stands for an open call. */
    boolean isOpen(Object key) {
        OpenCall call = claim(key);
        if (call != null) {
            open.publish(call);
        }
        return call != null;
    }

    /** Whether the client keeps the reply that comes to itself. */
    void keep(Object key, boolean kept) {
        OpenCall call = claim(key);
        if (call != null) {
            call.kept = kept;
            open.publish(call);
        }
    }

    /**
     * Ends a call, unless the client keeps this reply to itself.
     *
     * @param closed what the client calls a reply that the application closed unread, which is no failure
     */
    void endUnlessKept(Object key, @Nullable String errorType, String closed) {
        OpenCall call = claim(key);
        if (call != null && call.kept) {
            open.publish(call);
        } else if (call != null) {
            end(call, call.status > 0 && closed.equals(errorType) ? null : errorType);
        }
    }

    /** The open call of that identity, taken by the caller, who ends or publishes it. */
    @Nullable
    OpenCall claim(int identity) {
        return open.claim(identity);
    }

    private @Nullable OpenCall claim(Object key) {
        return open.claim(OpenCalls.identity(key));
    }

    void end(OpenCall claimed, @Nullable String errorType) {
        try {
            forget(claimed.alias);
            record(claimed, Clock.elapsed(claimed.startNanos, recorder.nanos()), errorType);
        } finally {
            open.free(claimed);
        }
    }

    private void record(OpenCall call, long nanos, @Nullable String errorType) {
        DurationSeries series =
                record(call.host, call.port, call.secure, call.method, call.template, call.status, errorType, nanos);
        call.behalf.called(
                CallStack.Kind.HTTP_CLIENT, series, call.startNanos, nanos, Peers.error(call.status, errorType));
    }

    /** @return the series of such calls that do not fail */
    DurationSeries record(
            @Nullable String host,
            int port,
            boolean secure,
            @Nullable String method,
            @Nullable String template,
            int status,
            @Nullable String errorType,
            long nanos) {
        return peers.record(host, port, secure, method, template, status, errorType, nanos);
    }

    /** What went wrong, by the class of the exception beneath the wrappers of futures; null for none. */
    static @Nullable String errorType(@Nullable Throwable thrown) {
        Throwable cause = thrown;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause == null ? null : cause.getClass().getName();
    }

    /** Open calls. */
    int size() {
        return open.size();
    }

    private void sweep() {
        if (open.size() == 0) {
            return;
        }
        long now = recorder.clock().nanos();
        open.sweep(new OpenCalls.Sweep() {
            @Override
            public boolean over(OpenCall call) {
                if (call.seenNanos == 0) {
                    call.seenNanos = now == 0 ? 1 : now;
                }
                return now - call.seenNanos >= (call.status == 0 ? UNANSWERED_NANOS : STREAM_NANOS);
            }

            @Override
            public void end(OpenCall call) {
                forget(call.alias);
                boolean answered = call.status != 0;
                long until = answered ? call.headersNanos : recorder.nanos();
                record(call, Clock.elapsed(call.startNanos, until), answered ? null : UNANSWERED);
            }
        });
    }

    /** What waits for its end would end as something else when the hook is on again. */
    private void forgetAll() {
        open.sweep(new OpenCalls.Sweep() {
            @Override
            public boolean over(OpenCall call) {
                return true;
            }

            @Override
            public void end(OpenCall call) {
                forget(call.alias);
            }
        });
    }
}
