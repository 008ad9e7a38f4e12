package dev.headroom.dashboard.page.board;

import dev.headroom.dashboard.budget.BudgetStatus;
import dev.headroom.dashboard.budget.Verdict;
import dev.headroom.dashboard.history.ErrorBudget;
import dev.headroom.dashboard.history.VerdictStrip;
import dev.headroom.dashboard.page.BudgetWords;
import dev.headroom.dashboard.page.Figures;
import dev.headroom.dashboard.page.Frame;
import dev.headroom.dashboard.page.VerdictBar;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A budget on the board; page and stream take every text of it from here, so they cannot disagree.
 *
 * @param day the verdicts of the last 24 hours; null in the stream
 * @param budget the error budget; null where it has none, and in the stream
 */
public record BudgetRow(
        BudgetStatus status,
        @Nullable VerdictBar day,
        @Nullable ErrorBudget budget) {
    /** The subject where there is none. */
    public static final String WHOLE = "whole service";

    /** Without its past. */
    public BudgetRow(BudgetStatus status) {
        this(status, null, null);
    }

    public BudgetRow(BudgetStatus status, VerdictStrip strip, @Nullable ErrorBudget budget, Instant now) {
        this(status, VerdictBar.of(strip, VerdictStrip.Span.DAY, now), budget);
    }

    /** Names the row in page and stream. */
    public String key() {
        return status.service() + "|" + status.id() + "|" + status.subject();
    }

    public String css() {
        return Figures.css(status.status());
    }

    public String shape() {
        return Figures.shape(status.status());
    }

    public String word() {
        return status.status().label();
    }

    public String subject() {
        return status.subject().isEmpty() ? WHOLE : status.subject();
    }

    public String current() {
        String current = status.current();
        return current == null ? Figures.NONE : current;
    }

    public String count() {
        return Figures.count(status.n());
    }

    /** Share of the allowance left, as per cent; once it is used up, how many times over. */
    public String headroom() {
        Double headroom = status.headroom();
        if (headroom == null) {
            return Figures.NONE;
        }
        return headroom < 0 ? Figures.number(1 - headroom) + "× used" : Math.round(headroom * 100) + " %";
    }

    /** The bar's length as an SVG length: what is left, or all of it once nothing is. */
    public String width() {
        Double headroom = status.headroom();
        if (headroom == null) {
            return "0%";
        }
        return headroom < 0 ? "100%" : Math.round(Math.min(1, headroom) * 100) + "%";
    }

    public String evidence() {
        String evidence = status.evidence();
        return evidence == null ? "" : evidence;
    }

    public String reason() {
        String reason = status.reason();
        return reason == null ? "" : reason;
    }

    /** What is not kept explains itself without being asked. */
    public boolean explained() {
        return status.status() == Verdict.FAIL || status.status() == Verdict.WARN;
    }

    /** What is left of the error budget. */
    public String left() {
        return BudgetWords.left(budget);
    }

    /** How fast the error budget is spent. */
    public String burn() {
        return BudgetWords.burn(budget);
    }

    /** Whether something is left and is spent faster than allowed. */
    public boolean burning() {
        Double left = budget == null ? null : budget.remaining();
        ErrorBudget.Burn pace = budget == null ? null : budget.pace();
        Double rate = pace == null ? null : pace.rate();
        return left != null && left > 0 && rate != null && rate > 1;
    }

    /** Why the verdict is what it is. */
    public String href(Frame frame) {
        return frame.to("/budgets/" + status.id(), "service", status.service(), "subject", status.subject());
    }

    /** The rows behind the verdict. */
    public String rows(Frame frame) {
        String page = status.detail();
        if (page.isEmpty() || page.equals("service")) {
            return frame.service(status.service());
        }
        return frame.to("/" + page, "service", status.service(), "q", status.subject());
    }

    /** Examples of what it judges; of the whole service where it judges no route. */
    public String examples(Frame frame) {
        String route = status.detail().equals("routes") ? status.subject() : "";
        return frame.to("/examples", "service", status.service(), "route", route);
    }

    static double headroomOrMost(BudgetStatus status) {
        Double headroom = status.headroom();
        return headroom == null ? Double.MAX_VALUE : headroom;
    }

    String searched() {
        return (status.title() + " " + status.id() + " " + status.service() + " " + status.subject() + " "
                        + status.signal() + " " + status.target())
                .toLowerCase(Locale.ROOT);
    }
}
