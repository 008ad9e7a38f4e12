package dev.headroom.dashboard.notify;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the notifications are.
 *
 * @param waiting messages that are not delivered yet, all recipients together
 * @param recipients in the order of the budget file
 */
public record NotifyReport(int waiting, List<Told> recipients) {
    /**
     * One recipient.
     *
     * @param shown address without what may be secret
     * @param problem why it cannot be used at all; null when it can
     * @param pending messages that wait
     * @param trouble why the newest try failed; null when it did not
     * @param oldest when the oldest that waits was written; null when nothing does
     */
    public record Told(
            String name,
            String shown,
            String format,
            @Nullable String problem,
            int pending,
            @Nullable String trouble,
            @Nullable Instant oldest) {}

    /**
     * What became of a test.
     *
     * @param result in words
     * @param answer the beginning of what the receiver said when it refused
     */
    public record Tried(String name, String shown, boolean sent, String result, String answer) {}
}
