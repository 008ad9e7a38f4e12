package dev.headroom.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import org.junit.jupiter.api.Test;

class TimeSplitTest {
    private final Series series = new Recorder(Clock.SYSTEM, 10).duration(Metric.DB_DURATION, Attributes.NONE);

    private LoggedCall call(CallStack.Kind kind, long start, long nanos, String thread) {
        LoggedCall call = new LoggedCall();
        call.first(kind, series, start, nanos, null);
        call.thread = thread;
        return call;
    }

    private static long sum(TimeSplit split) {
        return split.db + split.redis + split.http + split.pool + split.own;
    }

    @Test
    void callsOneAfterTheOther() {
        LoggedCall inner = call(CallStack.Kind.SQL, 5, 20, null);
        inner.within = true;
        TimeSplit split = TimeSplit.of(
                new LoggedCall[] {
                    call(CallStack.Kind.POOL, 0, 30, null),
                    inner,
                    call(CallStack.Kind.SQL, 30, 40, null),
                    call(CallStack.Kind.REDIS, 70, 5, null),
                    call(CallStack.Kind.HTTP_CLIENT, 80, 10, null)
                },
                100);
        assertThat(split.pool).isEqualTo(30);
        assertThat(split.db).isEqualTo(40);
        assertThat(split.redis).isEqualTo(5);
        assertThat(split.http).isEqualTo(10);
        assertThat(split.own).isEqualTo(15);
    }

    @Test
    void callsThatOverlapShareTheirTime() {
        TimeSplit split = TimeSplit.of(
                new LoggedCall[] {call(CallStack.Kind.SQL, 10, 60, "a"), call(CallStack.Kind.HTTP_CLIENT, 10, 60, "b")},
                100);
        assertThat(split.own).isEqualTo(40);
        assertThat(split.db).isEqualTo(30);
        assertThat(split.http).isEqualTo(30);
    }

    @Test
    void whatGoesOnAfterTheEndIsNotTheRequests() {
        TimeSplit split = TimeSplit.of(new LoggedCall[] {call(CallStack.Kind.SQL, 90, 60, "a")}, 100);
        assertThat(split.db).isEqualTo(10);
        assertThat(sum(split)).isEqualTo(100);
        assertThat(sum(TimeSplit.of(new LoggedCall[0], 100))).isEqualTo(100);
    }
}
