package dev.headroom.dashboard.access;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * So many a second for each key, saved up to a burst. Remembers a bounded number of keys: the one that came longest ago is forgotten
 * first, and starts with a full burst when it comes again. Thread-safe; never blocks for longer than a look-up.
 */
final class Allowance {
    private static final int MOST_KEYS = 10_000;
    private static final double NANOS = 1e9;

    private final double perSecond;
    private final double burst;
    private final LongSupplier nanoTime;
    private final Object lock = new Object();
    /** Guarded by lock; the one longest unseen first. */
    private final LinkedHashMap<String, Left> keys = new LinkedHashMap<>(64, 0.75f, true);

    private static final class Left {
        private double amount;
        private long at;

        Left(double amount, long at) {
            this.amount = amount;
            this.at = at;
        }
    }

    /** @param nanoTime monotonic */
    Allowance(double perSecond, double burst, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.nanoTime = nanoTime;
    }

    /** Takes one. @return 0 when there was one, else the whole seconds until there is */
    int take(String key) {
        long now = nanoTime.getAsLong();
        synchronized (lock) {
            Left left = keys.computeIfAbsent(key, any -> new Left(burst, now));
            forgetOne();
            left.amount = Math.min(burst, left.amount + Math.max(0, now - left.at) / NANOS * perSecond);
            left.at = now;
            if (left.amount >= 1) {
                left.amount--;
                return 0;
            }
            return Math.max(1, (int) Math.ceil((1 - left.amount) / perSecond));
        }
    }

    private void forgetOne() {
        if (keys.size() > MOST_KEYS) {
            Map.Entry<String, Left> eldest = keys.entrySet().iterator().next();
            keys.remove(eldest.getKey());
        }
    }
}
