package dev.headroom.dashboard.page.budget;

import dev.headroom.dashboard.page.DistributionChart;
import dev.headroom.dashboard.page.Figures;
import dev.headroom.dashboard.page.LineChart;
import dev.headroom.dashboard.page.VerdictBar;
import dev.headroom.dashboard.page.board.BudgetRow;
import dev.headroom.dashboard.store.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One budget on one subject.
 *
 * @param row its verdict now; null when it has none, because it or the subject is not judged
 * @param known whether the file has a budget of that id
 * @param other subjects of the budget in this service, this one included, worst first
 * @param alert the incident that is open, or null
 * @param spent the error budget; null where it has none
 * @param share bad events over time; null where it has no events
 * @param yaml as it would stand in a file; empty when it is not known
 */
public record BudgetPage(
        String id,
        String title,
        String service,
        String subject,
        boolean known,
        @Nullable BudgetRow row,
        List<Choice> other,
        List<Fact> facts,
        @Nullable Incident alert,
        VerdictBar day,
        VerdictBar month,
        @Nullable Spent spent,
        @Nullable DistributionChart distribution,
        @Nullable LineChart share,
        List<Causes> causes,
        List<Past> incidents,
        String yaml) {
    /** A name with its value. */
    public record Fact(String label, String value) {}

    /** Another subject of the same budget. */
    public record Choice(String subject, String css, String shape, String word, String href, boolean shown) {}

    /**
     * The error budget in words.
     *
     * @param width of the bar that is left, in per cent
     * @param css class of the bar
     */
    public record Spent(List<Fact> facts, String width, String css, List<Burn> burns) {}

    /** @param css class of the rate */
    public record Burn(String window, String n, String bad, String rate, String css) {}

    /** The events by one key. */
    public record Causes(String title, String note, List<Cause> rows) {}

    /**
     * @param href the rows behind it; empty where no list has them
     * @param width of the bar of its excess, in per cent of the largest
     */
    public record Cause(String name, String href, String n, String bad, String excess, String width) {}

    /** An incident of this budget. */
    public record Past(
            String opened, String length, String closing, String subject, String sentence, String css, String state) {
        static Past of(Incident incident, Instant now) {
            Instant closed = incident.closed();
            Duration length = Duration.between(incident.opened(), closed == null ? now : closed);
            String closing = incident.closing();
            return new Past(
                    Figures.span(incident.opened(), closed == null ? now : closed),
                    Figures.age(length),
                    (closing == null ? "still open" : closing)
                            + (incident.returns() == 0 ? "" : "; came back " + incident.returns() + "×"),
                    incident.subject(),
                    incident.first().sentence(),
                    closed == null ? "fail" : "nodata",
                    (closed == null ? "open" : "closed") + (incident.waived() ? ", waived" : ""));
        }
    }
}
