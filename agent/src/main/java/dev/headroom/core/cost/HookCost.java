package dev.headroom.core.cost;

/** What one hook was asked in a window and what its probes took on the application's threads. Immutable. */
public final class HookCost {
    private final String hook;
    private final long calls;
    private final double meanNanos;

    HookCost(String hook, long calls, double meanNanos) {
        this.hook = hook;
        this.calls = calls;
        this.meanNanos = meanNanos;
    }

    public String hook() {
        return hook;
    }

    public long calls() {
        return calls;
    }

    /** Of one call, estimated; 0 before there are samples. */
    public double meanNanos() {
        return meanNanos;
    }

    /** Of all calls, estimated. */
    public double nanos() {
        return calls * meanNanos;
    }
}
