package dev.headroom.dashboard.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.histogram.ExponentialHistogram;
import dev.headroom.histogram.HistogramSnapshot;
import dev.headroom.histogram.LimitCounts;
import org.junit.jupiter.api.Test;

class ValueTest {
    private static final long MILLI = 1_000_000L;

    /** 4 up to 50 ms, 5 up to 100 ms, 1 above; the places within the buckets are made up. */
    private static Value.Distribution coarse() {
        ExponentialHistogram histogram = new ExponentialHistogram();
        for (int i = 0; i < 10; i++) {
            histogram.record(i < 4 ? 0.025 : i < 9 ? 0.067 : 0.1);
        }
        HistogramSnapshot places = histogram.snapshot();
        HistogramSnapshot unknownEnds = new HistogramSnapshot(
                places.scale(), places.offset(), buckets(places), 0, places.sum(), Double.POSITIVE_INFINITY, 0);
        return new Value.Distribution(
                unknownEnds, new LimitCounts(new long[] {50 * MILLI, 100 * MILLI}, new long[] {4, 5, 1}), 1);
    }

    private static long[] buckets(HistogramSnapshot histogram) {
        long[] buckets = new long[histogram.bucketCount()];
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = histogram.bucket(i);
        }
        return buckets;
    }

    @Test
    void atTheBoundsOfCoarseBucketsCountsAreExact() {
        for (long limit : new long[] {100 * MILLI, 100 * MILLI - 1}) {
            assertThat(coarse().surelyAbove(limit)).isEqualTo(1);
            assertThat(coarse().possiblyAbove(limit)).isEqualTo(1);
        }
    }

    @Test
    void withinACoarseBucketNothingIsKnownOfItsValues() {
        assertThat(coarse().surelyAbove(80 * MILLI)).isEqualTo(1);
        assertThat(coarse().possiblyAbove(80 * MILLI)).isEqualTo(6);
        assertThat(coarse().surelyAbove(MILLI)).isEqualTo(6);
        assertThat(coarse().possiblyAbove(MILLI)).isEqualTo(10);
        assertThat(coarse().surelyAbove(1_000 * MILLI)).isZero();
        assertThat(coarse().possiblyAbove(1_000 * MILLI)).isEqualTo(1);
    }

    @Test
    void aQuantileOfCoarseBucketsLiesBetweenTheirBounds() {
        assertThat(coarse().quantileBetween(0.4)).containsExactly(0, 0.05);
        assertThat(coarse().quantileBetween(0.5)).containsExactly(0.05, 0.1);
        assertThat(coarse().quantileBetween(1)).containsExactly(0.1, Double.POSITIVE_INFINITY);
    }

    @Test
    void aQuantileOfAnExponentialHistogramLiesWithinItsRelativeError() {
        ExponentialHistogram histogram = new ExponentialHistogram();
        for (int i = 1; i <= 1000; i++) {
            histogram.record(i / 1000.0);
        }
        Value.Distribution fine = new Value.Distribution(histogram.snapshot(), LimitCounts.NONE, 0);

        assertThat(fine.quantileBetween(0.95)[0]).isLessThanOrEqualTo(0.95).isGreaterThan(0.92);
        assertThat(fine.quantileBetween(0.95)[1]).isGreaterThanOrEqualTo(0.95).isLessThan(0.98);
    }

    @Test
    void valuesThatWereCountedAtNoBoundMayLieAnywhere() {
        Value.Distribution mixed = coarse().merge(new Value.Distribution(coarse().histogram(), LimitCounts.NONE, 0.5));

        assertThat(mixed.surelyAbove(100 * MILLI)).isLessThanOrEqualTo(1);
        assertThat(mixed.possiblyAbove(100 * MILLI)).isGreaterThanOrEqualTo(11);
        assertThat(mixed.quantileBetween(0.5)[1]).isEqualTo(Double.POSITIVE_INFINITY);
    }
}
