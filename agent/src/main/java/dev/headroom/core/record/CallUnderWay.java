package dev.headroom.core.record;

import java.lang.ref.WeakReference;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A call that one thread began within a transaction and that may end on any thread. If it has ended before the database gets
 * something to do again, the transaction was open for nothing else meanwhile: its thread waited, in whatever way. Whoever ends it
 * writes, the thread that began it reads.
 */
final class CallUnderWay {
    final long startNanos;
    private long endNanos;
    private volatile boolean ended;
    private volatile @Nullable WeakReference<Future<?>> future;

    CallUnderWay(long startNanos) {
        this.startNanos = startNanos;
    }

    /** What the application may wait at: it can return from there before the call's end is told. */
    void future(Future<?> given) {
        future = new WeakReference<>(given);
    }

    void ended(long nowNanos) {
        endNanos = nowNanos;
        ended = true;
    }

    boolean isDone() {
        WeakReference<Future<?>> known = future;
        Future<?> given = known == null ? null : known.get();
        return ended || (given != null && given.isDone());
    }

    /** @param nowNanos its end where that was not told yet */
    long endNanos(long nowNanos) {
        return ended ? endNanos : nowNanos;
    }
}
