package dev.headroom.histogram;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExponentialHistogramTest {
    private final ExponentialHistogram histogram = new ExponentialHistogram();

    @Test
    void isEmptyAtFirst() {
        assertThat(histogram.snapshot()).isEqualTo(HistogramSnapshot.EMPTY);
        assertThat(HistogramSnapshot.EMPTY.quantile(0.5)).isNaN();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0, -0.0, -1.0, Double.NEGATIVE_INFINITY, Double.NaN})
    void countsWhatIsNoDurationAsZero(double value) {
        histogram.record(value);

        HistogramSnapshot snapshot = histogram.snapshot();
        assertThat(snapshot.zeroCount()).isEqualTo(1);
        assertThat(snapshot.count()).isEqualTo(1);
        assertThat(snapshot.min()).isZero();
        assertThat(snapshot.max()).isZero();
        assertThat(snapshot.sum()).isZero();
        assertThat(snapshot.quantile(1)).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.MIN_VALUE, 1e-9, 1, Math.PI, 1e9, Double.MAX_VALUE, Double.POSITIVE_INFINITY})
    void givesASingleValueBackExactly(double value) {
        histogram.record(value);

        double finite = Math.min(value, Double.MAX_VALUE);
        for (double q : new double[] {0, 0.5, 0.95, 1}) {
            assertThat(histogram.snapshot().quantile(q)).isEqualTo(finite);
        }
    }

    @Test
    void keepsFullResolutionWithinTenOctaves() {
        histogram.record(1.0001);
        histogram.record(1023.9);

        assertThat(histogram.snapshot().scale()).isEqualTo(ExponentialHistogram.START_SCALE);
        assertThat(histogram.snapshot().bucketCount()).isEqualTo(ExponentialHistogram.MAX_BUCKETS);
    }

    @Test
    void halvesItsResolutionWhenAValueDoesNotFit() {
        histogram.record(1.0001);
        histogram.record(1024.1);

        assertThat(histogram.snapshot().scale()).isEqualTo(ExponentialHistogram.START_SCALE - 1);
        assertThat(histogram.snapshot().count()).isEqualTo(2);
    }

    @Test
    void holdsTheWholeRangeOfDouble() {
        for (double value = Double.MIN_VALUE; value < Double.POSITIVE_INFINITY; value *= 2) {
            histogram.record(value);
        }

        HistogramSnapshot snapshot = histogram.snapshot();
        assertThat(snapshot.count()).isEqualTo(2098);
        assertThat(snapshot.bucketCount()).isLessThanOrEqualTo(ExponentialHistogram.MAX_BUCKETS);
        assertThat(snapshot.quantile(0.5)).isFinite().isPositive();
    }

    @Test
    void growsDownwardsAsUpwards() {
        for (int i = 0; i < 200; i++) {
            histogram.record(Math.pow(2, -i / 64.0));
        }

        HistogramSnapshot snapshot = histogram.snapshot();
        assertThat(snapshot.count()).isEqualTo(200);
        assertThat(snapshot.min()).isEqualTo(Math.pow(2, -199 / 64.0));
        assertThat(snapshot.max()).isEqualTo(1);
    }

    @Test
    void isEmptyAndFineAgainAfterAReset() {
        histogram.record(1e-9);
        histogram.record(1e9);
        HistogramSnapshot coarse = histogram.snapshotAndReset();
        histogram.record(0.25);

        assertThat(coarse.scale()).isLessThan(ExponentialHistogram.START_SCALE);
        ExponentialHistogram fresh = new ExponentialHistogram();
        fresh.record(0.25);
        assertThat(histogram.snapshot()).isEqualTo(fresh.snapshot());
    }
}
