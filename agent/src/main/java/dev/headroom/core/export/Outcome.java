package dev.headroom.core.export;

/** What became of one attempt to send. Immutable and thread-safe. */
final class Outcome {
    /** What to do with the batch. */
    enum Fate {
        ACCEPTED,
        /** The same bytes again, later. */
        RETRY,
        GIVEN_UP
    }

    private final Fate fate;
    private final String reason;
    private final long waitMillis;
    private final boolean answered;

    private Outcome(Fate fate, String reason, long waitMillis, boolean answered) {
        this.fate = fate;
        this.reason = reason;
        this.waitMillis = waitMillis;
        this.answered = answered;
    }

    static Outcome accepted() {
        return new Outcome(Fate.ACCEPTED, "", 0, true);
    }

    static Outcome retry(String reason, long waitMillis) {
        return new Outcome(Fate.RETRY, reason, waitMillis, true);
    }

    static Outcome givenUp(String reason) {
        return new Outcome(Fate.GIVEN_UP, reason, 0, true);
    }

    static Outcome unanswered(String reason) {
        return new Outcome(Fate.RETRY, reason, 0, false);
    }

    Fate fate() {
        return fate;
    }

    /** Short, as an attribute value or within a message; empty when accepted. */
    String reason() {
        return reason;
    }

    /** The wait that the server asked for; 0 when it did not. */
    long waitMillis() {
        return waitMillis;
    }

    /** Whether the server said anything. */
    boolean answered() {
        return answered;
    }
}
