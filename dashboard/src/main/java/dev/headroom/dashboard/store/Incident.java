package dev.headroom.dashboard.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A budget that failed for long enough to tell somebody, from then until it was kept again for long enough. Immutable.
 *
 * @param id the same for ever, also across restarts; made of the time it opened and of what it is about
 * @param title of the budget
 * @param subject empty for the whole service
 * @param severity page or ticket: budgets of severity none open no incident
 * @param waived somebody said that this FAIL is known: nobody is to be told
 * @param began when the first FAIL of it was judged; the alert opened later by the budget's {@code for}
 * @param lastFailed the newest FAIL of it that was judged
 * @param closed null while it is open
 * @param closing why it closed, in words; null while it is open
 * @param returns how often the FAIL came back before the budget's {@code keep} was over
 * @param first what was judged when it opened
 * @param last what was judged when it closed; null while it is open, and where nothing was
 */
public record Incident(
        String id,
        String service,
        String budget,
        String title,
        String subject,
        String severity,
        boolean waived,
        Instant began,
        Instant opened,
        Instant lastFailed,
        @Nullable Instant closed,
        @Nullable String closing,
        int returns,
        Moment first,
        @Nullable Moment last) {
    /**
     * A verdict with its numbers.
     *
     * @param verdict PASS, WARN, FAIL or NO DATA
     * @param value as shown, with its unit; null without data
     * @param target limit as written
     * @param acceptable limit as written, or null
     * @param n events or readings judged
     * @param bad those beyond acceptable
     * @param probability of that many bad ones if the budget were just kept; null where there is no such test
     * @param sentence all of it in words
     */
    public record Moment(
            Instant at,
            String verdict,
            @Nullable String value,
            String target,
            @Nullable String acceptable,
            long n,
            long bad,
            @Nullable Double probability,
            String sentence) {}

    public boolean open() {
        return closed == null;
    }

    /** The same, with one more FAIL judged. */
    public Incident failedAgain(Instant at, int moreReturns) {
        return with(at, closed, closing, returns + moreReturns, last);
    }

    /** The same, closed. */
    public Incident close(Instant at, String why, @Nullable Moment judged) {
        return with(lastFailed, at, why, returns, judged);
    }

    private Incident with(
            Instant newestFail,
            @Nullable Instant closedAt,
            @Nullable String why,
            int timesReturned,
            @Nullable Moment judged) {
        return new Incident(
                id,
                service,
                budget,
                title,
                subject,
                severity,
                waived,
                began,
                opened,
                newestFail,
                closedAt,
                why,
                timesReturned,
                first,
                judged);
    }
}
