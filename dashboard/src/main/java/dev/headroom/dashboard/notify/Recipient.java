package dev.headroom.dashboard.notify;

import dev.headroom.dashboard.budget.file.AlertTarget;
import org.jspecify.annotations.Nullable;

/**
 * One address that is told, with its values of the environment filled in.
 *
 * @param name of severity, channel and number, such as {@code page/webhook/1}: for metrics and messages
 * @param id what waiting messages are kept under; no secret, and the same as long as the file says the same
 * @param address a URL or one e-mail address; null when something is missing
 * @param shown the address without what may be secret
 * @param problem why it cannot be used, with file and line; null when it can
 */
record Recipient(
        String name,
        String id,
        AlertTarget target,
        @Nullable String address,
        String shown,
        @Nullable String problem) {
    boolean usable() {
        return problem == null;
    }

    /** Whether several pieces of news may come in one message: people are glad of it, programs are promised one incident each. */
    boolean grouping() {
        return target.channel() == AlertTarget.Channel.EMAIL || target.format() != AlertTarget.Format.JSON;
    }

    /** The address; only of one that is usable. */
    String at() {
        if (address == null) {
            throw new IllegalStateException(name + " has no address");
        }
        return address;
    }
}
