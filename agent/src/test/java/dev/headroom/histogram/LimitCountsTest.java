package dev.headroom.histogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class LimitCountsTest {
    private static LimitCounts counts(long[] limits, long... counts) {
        return new LimitCounts(limits, counts);
    }

    @Test
    void countsWhatIsAboveALimitItKnows() {
        LimitCounts counts = counts(new long[] {10, 20, 30}, 1, 2, 3, 4);

        assertThat(counts.above(10)).isEqualTo(9);
        assertThat(counts.above(30)).isEqualTo(4);
        assertThat(counts.above(15)).isEqualTo(-1);
        assertThat(counts.total()).isEqualTo(10);
    }

    @Test
    void addsEqualLimits() {
        LimitCounts merged = counts(new long[] {10, 20}, 1, 2, 3).merge(counts(new long[] {10, 20}, 10, 20, 30));

        assertThat(merged).isEqualTo(counts(new long[] {10, 20}, 11, 22, 33));
    }

    @Test
    void keepsOnlyTheLimitsThatBothCounted() {
        LimitCounts merged =
                counts(new long[] {10, 20, 40}, 1, 2, 3, 4).merge(counts(new long[] {5, 20, 30}, 5, 6, 7, 8));

        assertThat(merged).isEqualTo(counts(new long[] {20}, 3 + 11, 7 + 15));
        assertThat(merged.above(20)).isEqualTo(22);
        assertThat(merged.total()).isEqualTo(36);
    }

    @Test
    void hasNoLimitWhenThePartsShareNone() {
        LimitCounts merged = counts(new long[] {10}, 1, 2).merge(counts(new long[] {20}, 3, 4));

        assertThat(merged.limits()).isZero();
        assertThat(merged.total()).isEqualTo(10);
        assertThat(merged.above(10)).isEqualTo(-1);
    }

    @Test
    void refusesCountsThatDoNotFitTheLimits() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> counts(new long[] {10}, 1))
                .withMessageContaining("1 counts for 1 limits");
    }
}
