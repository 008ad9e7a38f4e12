package dev.headroom.core.hook.jdbc;

import dev.headroom.core.hook.jdbc.SqlShape.Measured;
import dev.headroom.core.record.Behalf;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.DurationSeries;
import dev.headroom.core.record.RequestScope;
import org.jspecify.annotations.Nullable;

/** One query of Vert.x: asked for on one thread, sent and answered on its connection's. */
final class VertxSqlRun {
    private final Behalf behalf = new Behalf();
    private final @Nullable RequestScope account;
    private volatile @Nullable Measured measured;
    private volatile long startNanos;

    VertxSqlRun(CallStack stack) {
        behalf.anywhere(stack);
        account = stack.request().elsewhere();
    }

    /** A connection takes the query. */
    void begin(Measured known, long nowNanos) {
        startNanos = nowNanos;
        measured = known;
        RequestScope request = account;
        if (request != null) {
            known.countIn(request);
        }
    }

    /** @param rows read, or as a negative one less than those changed */
    void result(long rows) {
        Measured known = measured;
        if (known != null) {
            long count = rows < 0 ? -1 - rows : rows;
            if (count > 0) {
                known.rows.add(count);
            }
            if (rows >= 0) {
                known.returned((int) rows);
            }
        }
    }

    void end(long nowNanos, @Nullable String error) {
        Measured known = measured;
        if (known != null) {
            long nanos = Clock.elapsed(startNanos, nowNanos);
            DurationSeries series = known.durations;
            (error == null ? series : series.failed(error)).record(nanos);
            behalf.called(CallStack.Kind.SQL, series, startNanos, nanos, error);
        }
    }
}
