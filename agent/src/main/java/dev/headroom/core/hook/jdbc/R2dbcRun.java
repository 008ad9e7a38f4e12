package dev.headroom.core.hook.jdbc;

import dev.headroom.core.hook.Watch;
import dev.headroom.core.hook.jdbc.SqlShape.Measured;
import dev.headroom.core.record.Behalf;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.DurationSeries;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One run of a statement, from its subscription until its publisher is complete or fails. Who takes only the first result gives the
 * publisher up before it reads that result: then the run ends when the result is read, or, if nobody reads it, ended then. What is
 * given up before it brought anything is cancelled. Thread-safe; ends once.
 */
final class R2dbcRun extends Watch.Subscribed {
    private static final String CANCELLED = "java.util.concurrent.CancellationException";
    private static final AtomicIntegerFieldUpdater<R2dbcRun> STATE =
            AtomicIntegerFieldUpdater.newUpdater(R2dbcRun.class, "state");

    private static final int GAVE_RESULT = 1;
    private static final int WAS_READ = 1 << 1;

    /** A result was given up before it brought anything. */
    private static final int CUT = 1 << 2;

    private static final int GIVEN_UP = 1 << 3;
    private static final int OVER = 1 << 4;

    /** One result being read. */
    private static final int READING = 1 << 8;

    private final R2dbcCalls calls;
    private final Measured measured;
    private final long startNanos;
    private final Behalf behalf = new Behalf();
    private volatile int state;
    private volatile long givenUpNanos;

    R2dbcRun(R2dbcCalls calls, Measured measured, CallStack stack) {
        this.calls = calls;
        this.measured = measured;
        behalf.anywhere(stack);
        startNanos = calls.recorder.nanos();
    }

    /** Sets flags and adds to the results being read; answers with what it was made to be. */
    private int change(int flags, int reading) {
        while (true) {
            int before = state;
            int after = (before + reading * READING) | flags;
            if (STATE.compareAndSet(this, before, after)) {
                return after;
            }
        }
    }

    @Override
    protected void next(Object result) {
        change(GAVE_RESULT, 0);
        calls.gaveOut(result, this);
    }

    @Override
    protected void ended(boolean complete, @Nullable Throwable failure) {
        if (complete || failure != null) {
            end(failure == null ? null : failure.getClass().getName(), calls.recorder.nanos());
            return;
        }
        givenUpNanos = calls.recorder.nanos();
        int now = change(GIVEN_UP, 0);
        if ((now & GAVE_RESULT) == 0) {
            end(CANCELLED, givenUpNanos);
        } else if (now < READING && (now & WAS_READ) != 0) {
            end((now & CUT) == 0 ? null : CANCELLED, givenUpNanos);
        } else if (now < READING) {
            calls.unread(this);
        }
    }

    /** Somebody begins to read a result. */
    void reads() {
        change(WAS_READ, 1);
        calls.reads(this);
    }

    /**
     * A result was read.
     *
     * @param cutOff before it brought anything
     * @param failure of the database, or null
     */
    void readEnded(long rows, boolean cutOff, @Nullable Throwable failure) {
        if (rows > 0) {
            measured.rows.add(rows);
        }
        int now = change(cutOff ? CUT : 0, -1);
        if (failure != null) {
            end(failure.getClass().getName(), calls.recorder.nanos());
        } else if (now < READING && (now & GIVEN_UP) != 0) {
            end((now & CUT) == 0 ? null : CANCELLED, calls.recorder.nanos());
        }
    }

    /** So many rows were read of a result. */
    void returned(int rows) {
        measured.returned(rows);
    }

    /** Nobody has begun to read the result. */
    void unread() {
        if ((state & WAS_READ) == 0) {
            end(null, givenUpNanos);
        }
    }

    private void end(@Nullable String error, long nowNanos) {
        int before = state;
        while ((before & OVER) == 0) {
            if (STATE.compareAndSet(this, before, before | OVER)) {
                long nanos = Clock.elapsed(startNanos, nowNanos);
                DurationSeries series = measured.durations;
                (error == null ? series : series.failed(error)).record(nanos);
                behalf.called(CallStack.Kind.SQL, series, startNanos, nanos, error);
                return;
            }
            before = state;
        }
    }
}
