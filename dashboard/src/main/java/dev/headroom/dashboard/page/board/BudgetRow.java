package dev.headroom.dashboard.page.board;

import dev.headroom.dashboard.budget.BudgetStatus;
import dev.headroom.dashboard.budget.Verdict;
import dev.headroom.dashboard.page.Figures;
import dev.headroom.dashboard.page.Frame;
import java.util.Locale;

/** A budget on the board; page and stream take every text of it from here, so they cannot disagree. */
public record BudgetRow(BudgetStatus status) {
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
        return status.subject().isEmpty() ? "whole service" : status.subject();
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

    /** The rows behind the verdict. */
    public String href(Frame frame) {
        String page = status.detail();
        if (page.isEmpty() || page.equals("service")) {
            return frame.service(status.service());
        }
        return frame.to("/" + page, "service", status.service(), "q", status.subject());
    }

    double headroomOrMost() {
        Double headroom = status.headroom();
        return headroom == null ? Double.MAX_VALUE : headroom;
    }

    String searched() {
        return (status.title() + " " + status.id() + " " + status.service() + " " + status.subject() + " "
                        + status.signal() + " " + status.target())
                .toLowerCase(Locale.ROOT);
    }
}
