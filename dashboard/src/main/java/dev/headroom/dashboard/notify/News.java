package dev.headroom.dashboard.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An incident that began or ended, as people are told of it.
 *
 * @param incident its id, the same at begin and end and after a restart
 * @param subject empty for the whole service
 * @param severity page or ticket
 * @param verdict at the event, such as FAIL
 * @param sentence the verdict in words, with its numbers
 * @param current value with its unit; null without data
 * @param n events judged
 * @param bad of those, beyond acceptable
 * @param opened when the alert began
 * @param closed when it ended; null before
 */
public record News(
        String incident,
        Event event,
        String service,
        String budget,
        String title,
        String subject,
        String severity,
        String verdict,
        String sentence,
        @Nullable String current,
        @Nullable String target,
        @Nullable String acceptable,
        long n,
        long bad,
        Instant opened,
        @Nullable Instant closed,
        @Nullable String runbook,
        @Nullable String owner) {
    public enum Event {
        OPENED,
        CLOSED,
        TEST;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The same for every try and every recipient: receivers recognise repeats by it. */
    String id() {
        return incident + ":" + event.word();
    }

    /** Of the event itself. */
    Instant at() {
        return closed == null ? opened : closed;
    }

    @Nullable
    Duration length() {
        return closed == null ? null : Duration.between(opened, closed);
    }

    /** One that says that nothing is wrong. */
    static News test(String severity, String id, Instant now) {
        return new News(
                id,
                Event.TEST,
                "headroom",
                "notify-test",
                "Test of the notifications",
                "",
                severity,
                "PASS",
                "This is a test that somebody asked for; nothing is wrong.",
                null,
                null,
                null,
                0,
                0,
                now,
                null,
                null,
                null);
    }
}
