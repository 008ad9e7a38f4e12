package dev.headroom.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.histogram.HistogramSnapshot;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StripedHistogramTest {
    private static final Limits LIMITS = new Limits(1_000, 2_000, 1_000_000);

    private final StripedHistogram histogram = new StripedHistogram();

    @Test
    void losesAndDoublesNothingWhileThreadsRecordAndLimitsChange() throws Exception {
        int threads = 8;
        int perThread = 100_000;
        Limits other = new Limits(500, 2_000, 3_000);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CountDownLatch running = new CountDownLatch(threads);
        List<Future<?>> done = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            done.add(pool.submit(() -> {
                for (int i = 0; i < perThread; i++) {
                    histogram.record(i % 4_000 + 1, i / 1_000 % 2 == 0 ? LIMITS : other);
                }
                running.countDown();
            }));
        }
        long count = 0;
        double sum = 0;
        boolean last;
        do {
            last = running.getCount() == 0;
            StripedHistogram.Drained drained = histogram.drain();
            count += drained.histogram.count();
            sum += drained.histogram.sum();
            assertAgree(drained);
        } while (!last);
        for (Future<?> each : done) {
            each.get(10, TimeUnit.SECONDS);
        }
        pool.shutdown();

        assertThat(count).isEqualTo((long) threads * perThread);
        assertThat(sum).isCloseTo(threads * (perThread / 4_000) * (4_000 * 4_001 / 2) * 1e-9, within(1e-9));
    }

    private static org.assertj.core.data.Offset<Double> within(double offset) {
        return org.assertj.core.data.Offset.offset(offset);
    }

    /** Whatever limits are left, their counts are those of exactly the values in the histogram. */
    private static void assertAgree(StripedHistogram.Drained drained) {
        if (drained.limits.limits() > 0) {
            assertThat(drained.limits.total()).isEqualTo(drained.histogram.count());
            for (int i = 0; i < drained.limits.limits(); i++) {
                long limit = drained.limits.limitNanos(i);
                assertThat(drained.limits.above(limit))
                        .isBetween(
                                drained.histogram.surelyAbove(limit / 1e9),
                                drained.histogram.possiblyAbove(limit / 1e9));
            }
        }
    }

    @Test
    void countsInclusiveLimits() {
        histogram.record(1_000, LIMITS);
        histogram.record(1_001, LIMITS);
        histogram.record(2_000, LIMITS);

        StripedHistogram.Drained drained = histogram.drain();
        assertThat(drained.limits.above(1_000)).isEqualTo(2);
        assertThat(drained.limits.above(2_000)).isZero();
    }

    @Test
    void takesNewLimitsOnlyWithANewWindow() {
        histogram.record(5, Limits.NONE);
        histogram.record(5, LIMITS);
        assertThat(histogram.drain().limits.limits()).isZero();

        histogram.record(5, LIMITS);
        assertThat(histogram.drain().limits.total()).isEqualTo(1);

        histogram.record(5, LIMITS);
        histogram.record(5, Limits.NONE);
        assertThat(histogram.drain().limits.total()).isEqualTo(2);
    }

    @Test
    void isEmptyAfterADrain() {
        histogram.record(5, LIMITS);
        histogram.drain();

        assertThat(histogram.drain().histogram).isEqualTo(HistogramSnapshot.EMPTY);
    }

    @Test
    void keepsOneStripeForOneThread() {
        for (int i = 0; i < 1_000; i++) {
            histogram.record(i, LIMITS);
        }

        assertThat(histogram.stripeCount()).isEqualTo(1);
    }

    @Test
    void allocatesNothingInSteadyState() {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        Recorder recorder = new Recorder(Clock.SYSTEM, 10);
        DurationSeries series = recorder.duration(dev.headroom.catalog.Metric.DB_DURATION, Attributes.NONE);
        CounterSeries counter = recorder.counter(dev.headroom.catalog.Metric.DB_ROWS, Attributes.NONE);
        CallStack stack = CallStack.current();
        work(stack, series, counter);

        long id = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(id);
        work(stack, series, counter);
        long allocated = threads.getThreadAllocatedBytes(id) - before;

        assertThat(allocated / 100_000.0).as("bytes per call").isLessThan(0.01);
    }

    private static void work(CallStack stack, DurationSeries series, CounterSeries counter) {
        for (int i = 0; i < 100_000; i++) {
            Call call = stack.begin(CallStack.Kind.SQL, series, i);
            counter.add(1);
            call.end(i + (i * 31L & 0xFFFFF), i % 8 == 0 ? "java.sql.SQLException" : null);
        }
    }
}
