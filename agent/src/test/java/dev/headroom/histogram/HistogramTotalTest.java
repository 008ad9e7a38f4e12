package dev.headroom.histogram;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistogramTotalTest {
    /** Values that come as often as this fill the buckets of a byte, of two, and of more. */
    @ParameterizedTest
    @ValueSource(longs = {1, 200, 300, 60_000, 70_000, 1L << 30, 1L << 33, 1L << 50})
    void isWhatMergingThemAllIs(long most) {
        Random random = new Random(most);
        for (int round = 0; round < 200; round++) {
            HistogramTotal total = new HistogramTotal();
            HistogramSnapshot merged = HistogramSnapshot.EMPTY;
            for (int i = 0; i < 12; i++) {
                HistogramSnapshot next = histogram(random, most);
                total.add(next);
                merged = merged.merge(next);
                assertThat(total.empty()).isEqualTo(merged.count() == 0);
            }
            assertThat(total.snapshot()).isEqualTo(merged);
            assertThat(total.snapshot().count()).isEqualTo(merged.count());
        }
    }

    private static HistogramSnapshot histogram(Random random, long most) {
        long[] buckets = new long[random.nextInt(40)];
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = random.nextInt(3) == 0 ? 0 : (long) (random.nextDouble() * most);
        }
        if (buckets.length > 0) {
            buckets[0] = most;
            buckets[buckets.length - 1] = 1;
        }
        long zeros = random.nextInt(3);
        return new HistogramSnapshot(5 - random.nextInt(2), random.nextInt(20) - 10, buckets, zeros, 0, 1e-300, 1e300);
    }

    @Test
    void countsAreReadAsTheyWereGivenWhateverTheirSize() {
        for (long most : new long[] {0, 1, 255, 256, 65_535, 65_536, Long.MAX_VALUE, -1}) {
            long[] given = {0, most, 1};
            HistogramSnapshot histogram = new HistogramSnapshot(3, 7, given, 0, 0, 1, 1);
            List<Long> read = new ArrayList<>();
            for (int i = 0; i < histogram.bucketCount(); i++) {
                read.add(histogram.bucket(i));
            }
            assertThat(read).containsExactly(0L, most, 1L);
            given[0] = 5;
            assertThat(histogram.bucket(0)).isZero();
        }
    }

    @Test
    void onlyTheFirstCountsOfALongerArrayAreTaken() {
        HistogramSnapshot histogram = new HistogramSnapshot(3, 7, new long[] {1, 2, 9, 9}, 2, 4, 0, 1, 1);
        assertThat(histogram).isEqualTo(new HistogramSnapshot(3, 7, new long[] {1, 2}, 4, 0, 1, 1));
        assertThat(histogram.count()).isEqualTo(7);
    }
}
