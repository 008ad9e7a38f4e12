package dev.headroom.histogram;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BucketIndexTest {
    private static final int[] SCALES = {5, 4, 3, 2, 1, 0, -1, -2, -5, -10};

    /** The definition, without rounding: base^index < value <= base^(index+1). */
    private static void assertHolds(double value, int scale) {
        int index = BucketIndex.of(value, scale);
        assertThat(compareToPower(value, index, scale))
                .as("%s is above the lower bound of bucket %d at scale %d", value, index, scale)
                .isPositive();
        assertThat(compareToPower(value, index + 1, scale))
                .as("%s is at or below the upper bound of bucket %d at scale %d", value, index, scale)
                .isNotPositive();
    }

    /** Compares value with 2^(index * 2^-scale) by raising both to the power 2^scale, in whole numbers. */
    private static int compareToPower(double value, int index, int scale) {
        int root = scale > 0 ? 1 << scale : 1;
        long power = scale > 0 ? index : (long) index << -scale;
        BigDecimal exact = new BigDecimal(value);
        int binaryDigits = 0;
        while (exact.scale() > 0) {
            exact = exact.multiply(BigDecimal.valueOf(2)).stripTrailingZeros();
            binaryDigits++;
        }
        BigInteger left = exact.toBigIntegerExact().pow(root);
        long shift = power + (long) binaryDigits * root;
        BigInteger right = shift >= 0 ? BigInteger.ONE.shiftLeft(Math.toIntExact(shift)) : BigInteger.ONE;
        return (shift >= 0 ? left : left.shiftLeft(Math.toIntExact(-shift))).compareTo(right);
    }

    @Test
    void holdsTheDefinitionForRandomDurations() {
        Random random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            double seconds = Math.exp(random.nextGaussian() * 4 - 5);
            assertHolds(seconds, SCALES[i % SCALES.length]);
        }
    }

    @Test
    void holdsTheDefinitionNextToEveryBoundary() {
        for (int index = -64; index <= 64; index++) {
            double near = BucketIndex.upperBound(index, 5);
            for (double value : new double[] {Math.nextDown(near), near, Math.nextUp(near)}) {
                assertHolds(value, 5);
            }
        }
    }

    @Test
    void holdsTheDefinitionAtPowersOfTwoAndTheirNeighbours() {
        for (int exponent = -40; exponent <= 40; exponent++) {
            double power = Math.pow(2, exponent);
            for (int scale : SCALES) {
                assertHolds(power, scale);
                assertHolds(Math.nextUp(power), scale);
                assertHolds(Math.nextDown(power), scale);
            }
        }
    }

    @Test
    void holdsTheDefinitionForTheSmallestAndLargestDoubles() {
        double[] edges = {
            Double.MIN_VALUE,
            Double.MIN_VALUE * 3,
            Math.nextDown(Double.MIN_NORMAL),
            Double.MIN_NORMAL,
            Double.MAX_VALUE
        };
        for (double value : edges) {
            assertHolds(value, 5);
            assertHolds(value, 0);
        }
    }

    @Test
    void nestsEveryScaleInTheNextFiner() {
        Random random = new Random(2);
        for (int i = 0; i < 10_000; i++) {
            double value = Math.exp(random.nextGaussian() * 20);
            for (int scale = 5; scale > -10; scale--) {
                assertThat(BucketIndex.of(value, scale) >> 1).isEqualTo(BucketIndex.of(value, scale - 1));
            }
        }
    }
}
