package dev.headroom.histogram;

/**
 * Maps a positive value to its bucket of a base-2 exponential histogram: {@code base = 2^(2^-scale)}, bucket i covers
 * {@code (base^i, base^(i+1)]} (OpenTelemetry metrics data model, "ExponentialHistogram").
 *
 * <p>Stateless and thread-safe.
 */
final class BucketIndex {
    private static final double INVERSE_LN2 = 1.0 / Math.log(2);

    private BucketIndex() {}

    /** @param value greater than zero and finite */
    static int of(double value, int scale) {
        if (scale <= 0) {
            return exponentCeiling(value) >> -scale;
        }
        return logarithmic(value, scale);
    }

    /** The specification's logarithm method; powers of two are exact, because there the logarithm is not. */
    private static int logarithmic(double value, int scale) {
        long bits = Double.doubleToRawLongBits(value);
        if ((bits & 0xFFFFFFFFFFFFFL) == 0) {
            return (Math.getExponent(value) << scale) - 1;
        }
        return (int) Math.ceil(Math.log(value) * INVERSE_LN2 * (1 << scale)) - 1;
    }

    /** floor(log2(value)), less one when value is a power of two: the upper bound of a bucket is inclusive. */
    private static int exponentCeiling(double value) {
        int exponent = Math.getExponent(value);
        return (Double.doubleToRawLongBits(value) & 0xFFFFFFFFFFFFFL) == 0 ? exponent - 1 : exponent;
    }

    /** The upper bound of bucket {@code index} at {@code scale}. */
    static double upperBound(int index, int scale) {
        return Math.pow(2, (index + 1.0) * Math.pow(2, -scale));
    }

    /** The lower bound of bucket {@code index} at {@code scale}. */
    static double lowerBound(int index, int scale) {
        return Math.pow(2, index * Math.pow(2, -scale));
    }
}
