package dev.headroom.dashboard.store;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a numbered batch came: what its data does not tell, for the ledger of its sender.
 *
 * @param arrived by the dashboard's clock
 * @param sent by the sender's clock, taken right before this attempt; null when it did not tell
 * @param interval how long one of its windows usually is; zero when it did not tell
 * @param windows how many windows of that length were merged into this one, from 1
 * @param last whether the sender took leave with it: its JVM ended in order
 */
public record Delivery(Instant arrived, @Nullable Instant sent, Duration interval, int windows, boolean last) {
    /** Of a sender that tells nothing but its number. */
    public static Delivery at(Instant arrived) {
        return new Delivery(arrived, null, Duration.ZERO, 1, false);
    }

    /** How long the window had waited when it was sent, by the sender's own clock where it told it. */
    Duration waited(Instant end) {
        return Duration.between(end, sent == null ? arrived : sent);
    }
}
