package dev.headroom.histogram;

/**
 * Maps a positive value to its bucket of a base-2 exponential histogram: {@code base = 2^(2^-scale)}, bucket i covers
 * {@code (base^i, base^(i+1)]} (OpenTelemetry metrics data model, "ExponentialHistogram").
 *
 * <p>Exact for every double and every scale up to {@link #EXACT_SCALE}, by looking the mantissa up in a table; the specification's
 * logarithm is slower and, near a boundary, wrong by one. Coarser scales follow by shifting the index (perfect subsetting).
 *
 * <p>Stateless and thread-safe.
 */
final class BucketIndex {
    /** The finest scale that is indexed. */
    static final int EXACT_SCALE = 5;

    private static final int MANTISSA_BITS = 52;
    private static final long MANTISSA_MASK = (1L << MANTISSA_BITS) - 1;
    private static final int EXPONENT_BIAS = 1023;

    /** Narrow enough that a slice of the mantissa holds at most one boundary: 1/64 is less than 2^(1/32) - 1. */
    private static final int SLICE_BITS = 6;

    /**
     * Mantissa bits of the largest doubles that do not exceed 2^(i/32), i from 0 to 31. Only the first is a power of 2^(1/32)
     * itself, the others are irrational: a mantissa lies above the boundary exactly when it is greater than this.
     */
    private static final long[] BOUNDARIES = {
        0x0000000000000L, 0x059B0D3158574L, 0x0B5586CF9890FL, 0x11301D0125B50L,
        0x172B83C7D517AL, 0x1D4873168B9AAL, 0x2387A6E756238L, 0x29E9DF51FDEE1L,
        0x306FE0A31B715L, 0x371A7373AA9CAL, 0x3DEA64C123422L, 0x44E086061892DL,
        0x4BFDAD5362A27L, 0x5342B569D4F81L, 0x5AB07DD485429L, 0x6247EB03A5584L,
        0x6A09E667F3BCCL, 0x71F75E8EC5F73L, 0x7A11473EB0186L, 0x82589994CCE12L,
        0x8ACE5422AA0DBL, 0x93737B0CDC5E4L, 0x9C49182A3F090L, 0xA5503B23E255CL,
        0xAE89F995AD3ADL, 0xB7F76F2FB5E46L, 0xC199BDD85529CL, 0xCB720DCEF9069L,
        0xD5818DCFBA487L, 0xDFC97337B9B5EL, 0xEA4AFA2A490D9L, 0xF50765B6E4540L
    };

    /** For each slice, the last boundary at or below its start. */
    private static final byte[] FIRST_CANDIDATES = firstCandidates();

    private BucketIndex() {}

    private static byte[] firstCandidates() {
        byte[] candidates = new byte[1 << SLICE_BITS];
        for (int slice = 0; slice < candidates.length; slice++) {
            long start = (long) slice << (MANTISSA_BITS - SLICE_BITS);
            int boundary = BOUNDARIES.length - 1;
            while (BOUNDARIES[boundary] > start) {
                boundary--;
            }
            candidates[slice] = (byte) boundary;
        }
        return candidates;
    }

    /**
     * @param value greater than zero and finite
     * @param scale at most {@link #EXACT_SCALE}
     */
    static int of(double value, int scale) {
        long bits = Double.doubleToRawLongBits(value);
        int exponent = (int) (bits >>> MANTISSA_BITS);
        if (exponent == 0) {
            // subnormal: 2^52 times as much has a normal representation, and is 52 octaves higher
            return (of(value * (1L << MANTISSA_BITS), EXACT_SCALE) - (MANTISSA_BITS << EXACT_SCALE))
                    >> (EXACT_SCALE - scale);
        }
        long mantissa = bits & MANTISSA_MASK;
        int boundary = FIRST_CANDIDATES[(int) (mantissa >>> (MANTISSA_BITS - SLICE_BITS))];
        if (boundary < BOUNDARIES.length - 1 && mantissa > BOUNDARIES[boundary + 1]) {
            boundary++;
        }
        // The upper bound is inclusive: a power of two (mantissa 0) ends the bucket below boundary 0.
        int below = mantissa == 0 ? 1 : 0;
        int index = ((exponent - EXPONENT_BIAS) << EXACT_SCALE) + boundary - below;
        return index >> (EXACT_SCALE - scale);
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
