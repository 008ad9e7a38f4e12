package dev.headroom.core.hook.httpclient;

import dev.headroom.core.record.Behalf;
import dev.headroom.core.record.Clock;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A call whose reply is not complete: a place in {@link OpenCalls}, used again and again. It knows the library's object by identity
 * only. Who holds the place ({@link OpenCalls#claim}) may read and write; the others only {@link #done} and what {@link #peer} sets.
 */
final class OpenCall {
    /** In a number that advice hands over: port, and whether it is a secure one. Statuses are less. */
    static final long PEER = 1L << 32;

    static final long SECURE = 1L << 33;

    private static final AtomicIntegerFieldUpdater<OpenCall> OWNER =
            AtomicIntegerFieldUpdater.newUpdater(OpenCall.class, "owner");

    /** 0: free; an identity: open; its negative: held by a thread for a few instructions. */
    private volatile int owner;

    @Nullable
    String host;

    @Nullable
    String method;

    /** Of the URL's path, where the application wrote one. */
    @Nullable
    String template;

    int port;
    boolean secure;
    /** 0 before the reply's headers. */
    volatile int status;

    long startNanos;
    /** When the headers came. */
    long headersNanos;
    /** Identity of what else tells of the call; 0: nothing. */
    int alias;

    /** The library has no more to tell, but the status is still to come. */
    volatile boolean done;

    /** The client itself deals with the reply that comes, as with a redirect; the application hears of a later one. */
    volatile boolean kept;

    /** For which request it is made. */
    final Behalf behalf = new Behalf();

    /** When the agent's thread first saw it in this state; 0: not yet. That thread writes it without holding the place. */
    volatile long seenNanos;

    boolean take(int expected, int next) {
        return OWNER.compareAndSet(this, expected, next);
    }

    int owner() {
        return owner;
    }

    void give(int identity) {
        owner = identity;
    }

    void begin(@Nullable String itsHost, @Nullable String itsMethod, long nanos) {
        host = itsHost;
        method = itsMethod;
        template = UrlTemplates.now();
        port = -1;
        secure = false;
        status = 0;
        startNanos = nanos;
        headersNanos = Clock.UNTIMED;
        done = false;
        kept = false;
        alias = 0;
        seenNanos = 0;
        behalf.forget();
    }

    void become(OpenCall other) {
        host = other.host;
        method = other.method;
        template = other.template;
        port = other.port;
        secure = other.secure;
        status = other.status;
        startNanos = other.startNanos;
        headersNanos = other.headersNanos;
        done = other.done;
        kept = other.kept;
        alias = 0;
        seenNanos = 0;
        behalf.become(other.behalf);
    }

    /** @param value {@link #PEER} with the port, 0 for the scheme's own, and {@link #SECURE} */
    void peer(long value) {
        int given = (int) (value & 0xFFFF);
        port = given == 0 ? -1 : given;
        secure = (value & SECURE) != 0;
    }

    void headers(int itsStatus, long nanos) {
        headersNanos = nanos;
        seenNanos = 0;
        status = itsStatus;
    }
}
