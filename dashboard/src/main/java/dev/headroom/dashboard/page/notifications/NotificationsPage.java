package dev.headroom.dashboard.page.notifications;

import dev.headroom.dashboard.notify.NotifyReport;
import dev.headroom.dashboard.page.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How the notifications are, in words.
 *
 * @param waiting messages that are not delivered yet
 */
public record NotificationsPage(int waiting, List<Row> rows) {
    /**
     * One recipient.
     *
     * @param bad whether somebody should look
     */
    public record Row(
            String name, String address, String format, String state, boolean bad, int pending, String oldest) {}

    static NotificationsPage of(NotifyReport report, Instant now) {
        return new NotificationsPage(
                report.waiting(),
                report.recipients().stream().map(told -> row(told, now)).toList());
    }

    private static Row row(NotifyReport.Told told, Instant now) {
        String problem = told.problem();
        String trouble = told.trouble();
        Instant oldest = told.oldest();
        String state = problem != null
                ? problem
                : trouble != null ? "The newest try failed: " + trouble + ". It is tried again." : "all delivered";
        if (problem == null && trouble == null && told.pending() > 0) {
            state = "on the way";
        }
        return new Row(
                told.name(),
                told.shown(),
                told.format(),
                state,
                problem != null || trouble != null,
                told.pending(),
                oldest == null ? Figures.NONE : Figures.age(Duration.between(oldest, now)));
    }
}
