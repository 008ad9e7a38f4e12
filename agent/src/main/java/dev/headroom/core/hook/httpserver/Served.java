package dev.headroom.core.hook.httpserver;

import dev.headroom.core.record.Examples;
import dev.headroom.core.record.Finished;
import dev.headroom.core.record.RequestScope;
import org.jspecify.annotations.Nullable;

/**
 * One request being served, from its headers to its end; it may change threads on the way. Known by an object that the server
 * keeps for the request, and used again with it. One thread at a time.
 */
final class Served {
    private final RequestScope account = new RequestScope();

    /** What is told of it at the end. */
    final Finished finished = new Finished();

    private volatile boolean open;
    private volatile boolean aborted;
    private long startNanos;

    HttpMethod method = HttpMethod.OTHER;
    boolean secure;
    int status;

    /** Of a gRPC call; null for any other request, and until it is known. */
    volatile @Nullable GrpcStatus grpc;

    /** Bytes of the answer's body as sent; negative while nothing tells. */
    long sent = -1;

    BodyEncoding encoding = BodyEncoding.NONE;

    /** A whole answer to GET that says nothing by which a client could ask whether it has changed. */
    boolean unvalidated;

    /** What the server's hook wants to ask at the end; forgotten then. */
    @Nullable
    Object response;

    /** The object by which the server's hook knows the request, for hooks that find it by its thread. */
    @Nullable
    Object key;

    /** The thread that begins and ends it, where others help. */
    @Nullable
    Thread home;

    /** Its answer was asked for headers that say where the time went. */
    boolean told;

    /** A servlet or filter is being called; those that it calls are part of it. */
    boolean inServlet;

    void begin(long nowNanos, Examples examples) {
        open = true;
        aborted = false;
        inServlet = false;
        told = false;
        response = null;
        key = null;
        home = null;
        startNanos = nowNanos;
        status = 0;
        grpc = null;
        sent = -1;
        encoding = BodyEncoding.NONE;
        unvalidated = false;
        method = HttpMethod.OTHER;
        secure = false;
        finished.trace(null);
        account.begin(examples, nowNanos);
    }

    boolean isOpen() {
        return open;
    }

    long startNanos() {
        return startNanos;
    }

    /** The client went away before it had the whole answer. */
    void abort() {
        aborted = true;
    }

    boolean isAborted() {
        return aborted;
    }

    /** What the request did so far. */
    RequestScope account() {
        return account;
    }

    /** False when it was closed before: every request ends once. */
    boolean close() {
        boolean first = open;
        open = false;
        return first;
    }
}
