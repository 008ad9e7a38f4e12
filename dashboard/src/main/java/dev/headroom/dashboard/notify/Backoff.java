package dev.headroom.dashboard.notify;

import java.time.Duration;

/**
 * Pauses between tries: each at most twice as long as the one before, with full jitter.
 *
 * @param least bound of the first pause
 * @param most bound of all
 * @param giveUp a message older than this is not tried again
 */
record Backoff(Duration least, Duration most, Duration giveUp) {
    /** @param random from 0 to less than 1 */
    Duration pause(int failures, double random) {
        int doublings = Math.min(30, Math.max(0, failures - 1));
        long bound = Math.min(most.toMillis(), least.toMillis() << doublings);
        return Duration.ofMillis(1 + (long) (random * bound));
    }
}
