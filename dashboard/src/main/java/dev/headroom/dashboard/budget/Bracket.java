package dev.headroom.dashboard.budget;

/**
 * A count that is known exactly ({@code surely == possibly}) or lies between two others, because the buckets of a histogram are
 * coarser than a limit.
 */
record Bracket(long surely, long possibly) {
    static Bracket exactly(long count) {
        return new Bracket(count, count);
    }

    boolean isExact() {
        return surely == possibly;
    }

    /** The count of the others among n. */
    Bracket others(long n) {
        return new Bracket(n - possibly, n - surely);
    }

    Bracket plus(Bracket other) {
        return new Bracket(surely + other.surely, possibly + other.possibly);
    }
}
