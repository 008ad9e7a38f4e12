package dev.headroom.core.record;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The calls that one thread has open, innermost last, and the request it is serving. Frames are reused: nothing is allocated per
 * call. Used by its own thread only.
 */
public final class CallStack {
    /** Kinds of calls; within an open call of one kind, further calls of the same kind belong to it and are not counted. */
    public enum Kind {
        SQL,
        REDIS,
        HTTP_SERVER,
        HTTP_CLIENT,
        POOL
    }

    private static final ThreadLocal<CallStack> CURRENT = ThreadLocal.withInitial(CallStack::new);

    private Call[] frames = {new Call(this), new Call(this), new Call(this), new Call(this)};
    private int depth;
    private final RequestScope request = new RequestScope();

    private CallStack() {}

    public static CallStack current() {
        return CURRENT.get();
    }

    /** Whether a call of this kind is open, so that a wrapper's inner call is not counted again. */
    public boolean inside(Kind kind) {
        for (int i = depth - 1; i >= 0; i--) {
            if (frames[i].kind == kind) {
                return true;
            }
        }
        return false;
    }

    /** Opens a call; the caller ends it exactly once with one of the methods of {@link Call}. */
    public Call begin(Kind kind, @Nullable DurationSeries series, long startNanos) {
        if (depth == frames.length) {
            frames = Arrays.copyOf(frames, depth * 2);
            for (int i = depth; i < frames.length; i++) {
                frames[i] = new Call(this);
            }
        }
        Call call = frames[depth];
        call.open(kind, series, startNanos, depth++);
        return call;
    }

    /** Closes the call and whatever was left open inside it. */
    void closeTo(int level) {
        depth = Math.min(depth, level);
    }

    /** The request this thread serves; inactive outside one. */
    public RequestScope request() {
        return request;
    }

    /** Open calls; 0 when the thread is at rest. */
    public int depth() {
        return depth;
    }
}
