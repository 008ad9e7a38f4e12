package dev.headroom.core.record;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Durations of one kind of call. Thread-safe; {@link #record} allocates nothing in steady state. */
public final class DurationSeries extends Series {
    private static final int MAX_ERROR_TYPES = 20;

    private final Recorder recorder;
    private final StripedHistogram histogram = new StripedHistogram();
    /** Only ever added to, as in {@link CounterSeries}. */
    private final LongAdder untimed = new LongAdder();

    private long untimedDrained;
    private final ConcurrentHashMap<String, DurationSeries> failed = new ConcurrentHashMap<>();
    private volatile @Nullable DurationSeries failedOtherwise;

    DurationSeries(Recorder recorder, MetricSlot slot, Metric metric, Attributes attributes) {
        super(slot, metric, attributes);
        this.recorder = recorder;
    }

    /** @param nanos negative counts as zero; {@link Clock#UNTIMED} counts the call without a duration */
    public void record(long nanos) {
        if (nanos == Clock.UNTIMED) {
            untimed.increment();
        } else {
            histogram.record(nanos, slot().limits);
        }
        recorded();
    }

    /**
     * The series of the same calls when they fail in this way; beyond {@value #MAX_ERROR_TYPES} ways, that of all others. The
     * overflow series keeps its failures itself.
     */
    public DurationSeries failed(String errorType) {
        DurationSeries known = failed.get(errorType);
        if (known != null) {
            return known;
        }
        if (attributes().equals(Attributes.OVERFLOWN)) {
            return this;
        }
        if (failed.size() >= MAX_ERROR_TYPES) {
            return failedOtherwise();
        }
        DurationSeries created = recorder.duration(metric(), attributes().with(Attribute.ERROR_TYPE, errorType));
        failed.put(errorType, created);
        return created;
    }

    private DurationSeries failedOtherwise() {
        DurationSeries known = failedOtherwise;
        if (known == null) {
            known = recorder.duration(metric(), attributes().with(Attribute.ERROR_TYPE, "_OTHER"));
            failedOtherwise = known;
        }
        return known;
    }

    Examples examples() {
        return recorder.examples();
    }

    /** Fields, an adder and the empty map of failures. */
    @Override
    long heapBytes() {
        return 72 + 32 + 64 + histogram.heapBytes();
    }

    @Override
    Window.@Nullable Entry drain() {
        StripedHistogram.Drained drained = histogram.drain();
        long untimedNow = untimed.sum();
        long untimedSince = untimedNow - untimedDrained;
        untimedDrained = untimedNow;
        return drained.histogram.count() == 0 && untimedSince == 0
                ? null
                : new Window.Entry(metric(), attributes(), drained.histogram, drained.limits, (double) untimedSince);
    }
}
