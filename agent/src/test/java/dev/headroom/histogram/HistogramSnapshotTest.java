package dev.headroom.histogram;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HistogramSnapshotTest {
    /** Shapes of response times. */
    enum Distribution {
        LOGNORMAL,
        UNIFORM,
        BIMODAL,
        CONSTANT,
        WIDE,
        WITH_ZEROS;

        private double draw(Random random) {
            return switch (this) {
                case LOGNORMAL -> Math.exp(random.nextGaussian() - 4);
                case UNIFORM -> 0.001 + random.nextDouble();
                case BIMODAL -> random.nextInt(10) == 0 ? 1 + random.nextDouble() : 0.002 + random.nextDouble() / 1000;
                case CONSTANT -> 0.05;
                case WIDE -> Math.exp(random.nextGaussian() * 6);
                case WITH_ZEROS -> random.nextInt(4) == 0 ? 0 : random.nextDouble();
            };
        }

        double[] values(long seed, int size) {
            Random random = new Random(seed);
            double[] values = new double[size];
            Arrays.setAll(values, i -> draw(random));
            return values;
        }
    }

    private static HistogramSnapshot of(double... values) {
        ExponentialHistogram histogram = new ExponentialHistogram();
        for (double value : values) {
            histogram.record(value);
        }
        return histogram.snapshot();
    }

    private static void assertQuantilesWithinPrintedError(HistogramSnapshot snapshot, double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        for (double q : new double[] {0, 0.01, 0.25, 0.5, 0.9, 0.95, 0.99, 0.999, 1}) {
            int rank = Math.max(1, (int) Math.ceil(q * sorted.length - 1e-9));
            double exact = sorted[rank - 1];
            assertThat(snapshot.quantile(q))
                    .as("q %s of %d values at scale %d", q, values.length, snapshot.scale())
                    .isBetween(
                            exact * (1 - snapshot.relativeError() - 1e-12),
                            exact * (1 + snapshot.relativeError() + 1e-12));
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsQuantilesWithinThePrintedError(Distribution distribution) {
        for (long seed = 0; seed < 20; seed++) {
            for (int size : new int[] {1, 2, 3, 10, 100, 1_000, 20_000}) {
                double[] values = distribution.values(seed, size);
                assertQuantilesWithinPrintedError(of(values), values);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsQuantilesOfMergedHistogramsWithinThePrintedError(Distribution distribution) {
        double[] first = distribution.values(1, 5_000);
        double[] second = Distribution.LOGNORMAL.values(2, 3_000);
        double[] both = Arrays.copyOf(first, 8_000);
        System.arraycopy(second, 0, both, 5_000, 3_000);

        assertQuantilesWithinPrintedError(of(first).merge(of(second)), both);
    }

    @Test
    void printsAnErrorOfOnePointOnePercentAtScaleFive() {
        assertThat(of(1, 2, 3).relativeError()).isBetween(0.0108, 0.0109);
    }

    @Test
    void mergesInAnyOrderToTheSameCounts() {
        HistogramSnapshot a = of(Distribution.LOGNORMAL.values(1, 1_000));
        HistogramSnapshot b = of(Distribution.WIDE.values(2, 1_000));
        HistogramSnapshot c = of(Distribution.WITH_ZEROS.values(3, 1_000));

        HistogramSnapshot leftFirst = a.merge(b).merge(c);
        HistogramSnapshot rightFirst = a.merge(b.merge(c));
        HistogramSnapshot swapped = c.merge(b).merge(a);

        assertThat(leftFirst.count()).isEqualTo(3_000);
        assertSameCounts(leftFirst, rightFirst);
        assertSameCounts(leftFirst, swapped);
    }

    private static void assertSameCounts(HistogramSnapshot one, HistogramSnapshot other) {
        assertThat(other.scale()).isEqualTo(one.scale());
        assertThat(other.offset()).isEqualTo(one.offset());
        assertThat(other.zeroCount()).isEqualTo(one.zeroCount());
        assertThat(other.bucketCount()).isEqualTo(one.bucketCount());
        for (int i = 0; i < one.bucketCount(); i++) {
            assertThat(other.bucket(i)).isEqualTo(one.bucket(i));
        }
    }

    @Test
    void mergesToWhatRecordingEverythingAtOnceGives() {
        double[] slow = Distribution.UNIFORM.values(5, 500);
        double[] wide = Distribution.WIDE.values(6, 500);
        double[] both = Arrays.copyOf(slow, 1_000);
        System.arraycopy(wide, 0, both, 500, 500);

        assertSameCounts(of(both), of(slow).merge(of(wide)));
    }

    @Test
    void isUnchangedByMergingNothing() {
        HistogramSnapshot some = of(0.1, 0.2);

        assertThat(some.merge(HistogramSnapshot.EMPTY)).isEqualTo(some);
        assertThat(HistogramSnapshot.EMPTY.merge(some)).isEqualTo(some);
        assertThat(HistogramSnapshot.EMPTY.merge(HistogramSnapshot.EMPTY)).isEqualTo(HistogramSnapshot.EMPTY);
    }

    @Test
    void mergesZerosWithValues() {
        HistogramSnapshot merged = of(0, 0).merge(of(0.1));

        assertThat(merged.count()).isEqualTo(3);
        assertThat(merged.zeroCount()).isEqualTo(2);
        assertThat(merged.min()).isZero();
        assertThat(merged.max()).isEqualTo(0.1);
    }

    @Test
    void mergesEveryPairOfScales() {
        for (int scale = 5; scale >= -6; scale--) {
            for (int other = 5; other >= -6; other--) {
                HistogramSnapshot a = new HistogramSnapshot(scale, -3, new long[] {1, 2, 3, 4, 5}, 0, 0, 1e-300, 1e300);
                HistogramSnapshot b = new HistogramSnapshot(other, -2, new long[] {7, 0, 0, 1}, 1, 0, 1e-300, 1e300);
                HistogramSnapshot merged = a.merge(b);
                assertThat(merged.scale()).isEqualTo(Math.min(scale, other));
                assertThat(merged.count()).isEqualTo(a.count() + b.count());
            }
        }
    }

    @Test
    void doesNotClaimALargestValueThatOnlyOnePartKnows() {
        HistogramSnapshot unknown = new HistogramSnapshot(0, 3, new long[] {10}, 0, 120, Double.POSITIVE_INFINITY, 0);

        HistogramSnapshot merged = of(0.1).merge(unknown);

        assertThat(merged.max()).isZero();
        assertThat(merged.min()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(merged.quantile(1)).isBetween(8.0, 16.0);
        assertThat(merged.possiblyAbove(1)).isEqualTo(10);
    }

    @Test
    void boundsWhatLiesAboveALimit() {
        double[] values = Distribution.LOGNORMAL.values(9, 10_000);
        HistogramSnapshot snapshot = of(values);
        for (double limit : new double[] {0, 0.001, 0.01, 0.02, 0.1, 1, 100}) {
            long above = Arrays.stream(values).filter(value -> value > limit).count();
            assertThat(snapshot.surelyAbove(limit)).isLessThanOrEqualTo(above);
            assertThat(snapshot.possiblyAbove(limit)).isGreaterThanOrEqualTo(above);
        }
    }

    @Test
    void staysFiniteAtTheEndsOfDouble() {
        HistogramSnapshot top = new HistogramSnapshot(0, 1022, new long[] {1, 1}, 0, 0, Double.POSITIVE_INFINITY, 0);
        HistogramSnapshot bottom =
                new HistogramSnapshot(0, -1080, new long[] {2, 2}, 0, 0, Double.POSITIVE_INFINITY, 0);

        assertThat(top.quantile(1)).isFinite().isPositive();
        assertThat(bottom.quantile(0.5)).isZero();
    }

    /** As it is defined, bucket by bucket. */
    private static long above(HistogramSnapshot snapshot, double limit, boolean partly) {
        long above = 0;
        for (int i = 0; i < snapshot.bucketCount(); i++) {
            double bound = partly ? snapshot.bucketUpperBound(i) : snapshot.bucketLowerBound(i);
            above += partly ? (bound > limit ? snapshot.bucket(i) : 0) : (bound >= limit ? snapshot.bucket(i) : 0);
        }
        return above;
    }

    @ParameterizedTest
    @EnumSource
    void countsAboveALimitAsItsBucketsSay(Distribution distribution) {
        HistogramSnapshot snapshot = of(distribution.values(5, 500));
        for (double limit : new double[] {-1, 0, 1e-9, 0.001, 0.05, 0.25, 0.5, 1, 2, 1e9, Double.POSITIVE_INFINITY}) {
            boolean beyond = snapshot.max() <= limit;
            assertThat(snapshot.surelyAbove(limit)).isEqualTo(beyond ? 0 : above(snapshot, limit, false));
            assertThat(snapshot.possiblyAbove(limit)).isEqualTo(beyond ? 0 : above(snapshot, limit, true));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTotalIsWhatMergingAllMakes(Distribution distribution) {
        HistogramSnapshot merged = HistogramSnapshot.EMPTY;
        HistogramTotal total = new HistogramTotal();
        for (int part = 0; part < 40; part++) {
            HistogramSnapshot next = of(distribution.values(part, part % 7 * 30));
            merged = merged.merge(next);
            total.add(next);
            assertThat(total.snapshot().count()).isEqualTo(merged.count());
        }
        HistogramSnapshot sum = total.snapshot();
        assertThat(sum.sum()).isCloseTo(merged.sum(), Percentage.withPercentage(1e-9));
        assertThat(new double[] {sum.scale(), sum.offset(), sum.bucketCount(), sum.min(), sum.max(), sum.zeroCount()})
                .containsExactly(
                        merged.scale(),
                        merged.offset(),
                        merged.bucketCount(),
                        merged.min(),
                        merged.max(),
                        merged.zeroCount());
        for (int i = 0; i < merged.bucketCount(); i++) {
            assertThat(sum.bucket(i)).isEqualTo(merged.bucket(i));
        }
    }
}
