package dev.headroom.dashboard.notify;

import java.time.Duration;

/** What became of one try. Reasons hold no secret. */
sealed interface Outcome {
    /** @param how such as {@code answered 200} */
    record Sent(String how) implements Outcome {}

    /**
     * It may go through later.
     *
     * @param asked how long the receiver wants to be left alone; zero when it did not say
     */
    record Later(String why, Duration asked) implements Outcome {}

    /**
     * The receiver does not want it as it is.
     *
     * @param said the beginning of its answer, for the admin who tests; may be empty
     */
    record Refused(String why, String said) implements Outcome {}
}
