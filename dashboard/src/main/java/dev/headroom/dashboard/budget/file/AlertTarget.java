package dev.headroom.dashboard.budget.file;

/**
 * Where alerts of one severity go.
 *
 * @param address as written: a URL, or e-mail addresses separated by commas; {@code ${NAME}} stands for a value of the environment
 * @param format what a webhook is sent
 * @param place file and line, for messages
 */
public record AlertTarget(Channel channel, String address, Format format, String place) {
    public enum Channel {
        WEBHOOK,
        EMAIL
    }

    public enum Format {
        JSON,
        SLACK,
        TEAMS,
        DISCORD
    }
}
