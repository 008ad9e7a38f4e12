package dev.headroom.dashboard.ingest;

import java.util.concurrent.atomic.LongAdder;
import org.springframework.stereotype.Component;

/**
 * What became of spans since the start: {@code received = counted + covered + others + duplicates + rejected}, but for requests
 * that failed as a whole. Thread-safe.
 */
@Component
public final class SpanCounters {
    private final LongAdder counted = new LongAdder();
    private final LongAdder covered = new LongAdder();
    private final LongAdder others = new LongAdder();
    private final LongAdder duplicates = new LongAdder();
    private final LongAdder rejected = new LongAdder();

    void add(SpanReceiver.Taken taken) {
        counted.add(taken.spans().size());
        covered.add(taken.covered());
        others.add(taken.others());
        duplicates.add(taken.duplicates());
    }

    void rejected(long spans) {
        rejected.add(spans);
    }

    /** Spans that became durations of routes, statements and calls. */
    public long counted() {
        return counted.sum();
    }

    /** Spans of calls that the sender's metrics count. */
    public long covered() {
        return covered.sum();
    }

    /** Spans of other kinds, such as internal ones. */
    public long others() {
        return others.sum();
    }

    /** Spans that were counted before. */
    public long duplicates() {
        return duplicates.sum();
    }

    /** Spans without an id or a sensible time; their senders were told. */
    public long rejected() {
        return rejected.sum();
    }
}
