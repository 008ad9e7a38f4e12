package dev.headroom.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallLogTest {
    private final Recorder recorder = new Recorder(Clock.SYSTEM, 10);
    private final CallLog log = new CallLog();

    private Series series(String operation) {
        return recorder.duration(Metric.DB_DURATION, Attributes.of(Attribute.DB_OPERATION, operation));
    }

    private LoggedCall add(String operation, long start, long took) {
        return log.add(CallStack.Kind.REDIS, series(operation), start, took, false, null, null);
    }

    @Test
    void repeatsShareAnEntry() {
        for (int i = 0; i < 1_000; i++) {
            add("GET", i, i + 1);
        }
        assertThat(log.size()).isEqualTo(1);
        assertThat(log.at(0).count()).isEqualTo(1_000);
        assertThat(log.at(0).nanos()).isEqualTo(500_500);
        assertThat(log.at(0).longestNanos()).isEqualTo(1_000);
        assertThat(log.at(0).startNanos()).isZero();
        assertThat(log.mostRuns()).isEqualTo(1_000);
        assertThat(log.leftOut()).isZero();
    }

    @Test
    void aLoopOverSeveralShapesTakesTwoEntriesForEach() {
        for (int i = 0; i < 100; i++) {
            add("GET", i, 1);
            add("TTL", i, 1);
            add("HGET", i, 1);
        }
        assertThat(log.size()).isEqualTo(6);
        assertThat(IntStream.range(0, 6).map(i -> log.at(i).count()).sum()).isEqualTo(300);
        assertThat(log.mostRuns()).isEqualTo(100);
    }

    @Test
    void failuresStayApart() {
        add("GET", 0, 1);
        log.add(CallStack.Kind.REDIS, series("GET"), 1, 1, false, "ERR", null);
        add("GET", 2, 1);
        assertThat(log.size()).isEqualTo(3);
        assertThat(log.at(1).errorType()).isEqualTo("ERR");
        assertThat(log.mostRuns()).isEqualTo(3);
    }

    @Test
    void beyondTheCapCallsAreCounted() {
        for (int i = 0; i < CallLog.MAX + 100; i++) {
            add("OP" + i % 20, i, 1);
        }
        assertThat(log.size()).isEqualTo(CallLog.MAX);
        assertThat(log.leftOut()).isEqualTo(95);
        assertThat(log.at(CallLog.MAX - 1).count())
                .as("runs of the last shape join it")
                .isEqualTo(6);
        CallLog other = new CallLog();
        other.add(CallStack.Kind.REDIS, series("GET"), 0, 1, false, null, "worker");
        other.add(CallStack.Kind.REDIS, series("GET"), 0, 1, false, null, "worker");
        log.addAll(other, 0);
        assertThat(log.leftOut()).isEqualTo(97);
    }

    @Test
    void rowsBelongToTheNewestRunOfTheShape() {
        add("SELECT", 0, 1);
        add("GET", 1, 1);
        log.rows(series("SELECT"), 3);
        log.rows(series("SELECT"), 4);
        log.rows(series("UPDATE"), 9);
        assertThat(log.at(0).rows()).isEqualTo(7);
        assertThat(log.at(1).rows()).isNegative();
    }

    @Test
    void usedAgainItKeepsNothing() {
        for (int i = 0; i < 100; i++) {
            add("OP" + i % 20, i, 1);
        }
        log.clear();
        assertThat(log.size()).isZero();
        LoggedCall entry = add("GET", 0, 1);
        assertThat(log.add(CallStack.Kind.REDIS, series("GET"), 1, 1, false, null, null))
                .isSameAs(entry);
        assertThat(entry.rows()).isNegative();
        assertThat(entry.caller()).isNull();
        assertThat(log.take()).containsExactly(entry);
        assertThat(log.size()).isZero();
    }
}
