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

    private static final PerThread<CallStack> CURRENT = new PerThread<CallStack>() {
        @Override
        protected CallStack initial() {
            return new CallStack();
        }
    };

    private static final Call[] NONE = {};
    private static final int FIRST_FRAMES = 4;

    private Call[] frames = {new Call(this), new Call(this), new Call(this), new Call(this)};
    private int depth;
    private int abandoned;
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
            frames = Arrays.copyOf(frames, Math.max(FIRST_FRAMES, depth * 2));
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

    /**
     * After a failure nobody knows what is still open: all of it is forgotten. Calls in flight end as ever and are recorded, on frames
     * that are not used again. Allocates nothing, since memory or stack may have run out.
     */
    public void abandon() {
        frames = NONE;
        depth = 0;
        abandoned++;
        request.end();
    }

    /** How often it was abandoned; what was open before a change of this will not end. */
    public int abandoned() {
        return abandoned;
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
