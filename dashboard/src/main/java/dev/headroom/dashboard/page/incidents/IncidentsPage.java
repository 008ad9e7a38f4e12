package dev.headroom.dashboard.page.incidents;

import dev.headroom.dashboard.page.Figures;
import dev.headroom.dashboard.page.Frame;
import dev.headroom.dashboard.store.Incident;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Incidents of the shown service or of all, newest first.
 *
 * @param states open, closed and both, each a link with its number
 * @param budgets those that ever had one, for choosing
 * @param hidden so many more fit, older than those shown
 */
public record IncidentsPage(List<State> states, List<Choice> budgets, List<Row> rows, int hidden, String empty) {
    private static final int MOST = 200;
    /** What led to it and what became of it is on the page that an incident links to. */
    private static final Duration AROUND = Duration.ofMinutes(10);

    /** A filter by state. */
    public record State(String word, String css, String shape, int count, String href, boolean chosen) {}

    /** A budget to filter by. */
    public record Choice(String id, String title, boolean chosen) {}

    /** What was judged when it opened or closed. */
    public record Moment(String verdict, String value, String sentence) {
        static Moment of(Incident.Moment moment) {
            String value = moment.value();
            return new Moment(moment.verdict(), value == null ? Figures.NONE : value, moment.sentence());
        }
    }

    /**
     * An incident.
     *
     * @param href the budget's page over the time of the incident
     * @param last null while it is open, and where nothing was judged when it closed
     * @param ending how it ended, and how often it came back before
     */
    public record Row(
            String id,
            boolean open,
            boolean waived,
            String severity,
            String opened,
            String age,
            String length,
            String href,
            String title,
            String service,
            String subject,
            String target,
            Moment first,
            @Nullable Moment last,
            String ending) {}

    static IncidentsPage of(Frame frame, List<Incident> ofService) {
        String budget = frame.parameter("budget");
        String state = frame.parameter("state");
        List<Incident> ofBudget = ofService.stream()
                .filter(incident -> budget.isEmpty() || incident.budget().equals(budget))
                .toList();
        List<Incident> shown = ofBudget.stream()
                .filter(incident ->
                        state.equals("open") ? incident.open() : !state.equals("closed") || !incident.open())
                .toList();
        int open = (int) ofBudget.stream().filter(Incident::open).count();
        List<State> states = List.of(
                state(frame, "all", "", "nodata", "", ofBudget.size(), state),
                state(frame, "open", "open", "fail", "■", open, state),
                state(frame, "closed", "closed", "nodata", "○", ofBudget.size() - open, state));
        return new IncidentsPage(
                states,
                choices(ofService, budget),
                shown.stream().limit(MOST).map(each -> row(frame, each)).toList(),
                Math.max(0, shown.size() - MOST),
                ofService.isEmpty()
                        ? "None is stored: no budget failed for as long as an alert waits."
                        : "None of the " + ofService.size() + " incidents is like that.");
    }

    private static State state(
            Frame frame, String word, String value, String css, String shape, int count, String chosen) {
        boolean other = !chosen.equals("open") && !chosen.equals("closed");
        return new State(
                word,
                count == 0 ? css + " none" : css,
                shape,
                count,
                frame.here("state", value),
                value.isEmpty() ? other : value.equals(chosen));
    }

    private static List<Choice> choices(List<Incident> incidents, String chosen) {
        Map<String, String> titles = new TreeMap<>();
        for (Incident incident : incidents) {
            titles.putIfAbsent(incident.budget(), incident.title());
        }
        if (!chosen.isEmpty()) {
            titles.putIfAbsent(chosen, chosen);
        }
        List<Choice> choices = new ArrayList<>();
        titles.forEach((id, title) -> choices.add(new Choice(id, title, id.equals(chosen))));
        return choices;
    }

    private static Row row(Frame frame, Incident incident) {
        Instant closed = incident.closed();
        Instant end = closed == null ? frame.now() : closed;
        Incident.Moment last = incident.last();
        return new Row(
                incident.id(),
                incident.open(),
                incident.waived(),
                incident.severity(),
                incident.opened().truncatedTo(ChronoUnit.SECONDS).toString(),
                Figures.age(Duration.between(incident.opened(), frame.now())) + " ago",
                Figures.age(Duration.between(incident.opened(), end)),
                href(frame, incident, end),
                incident.title(),
                incident.service(),
                incident.subject().isEmpty() ? "whole service" : incident.subject(),
                target(incident.first()),
                Moment.of(incident.first()),
                last == null ? null : Moment.of(last),
                ending(incident));
    }

    private static String href(Frame frame, Incident incident, Instant end) {
        Instant from = incident.began().minus(AROUND).truncatedTo(ChronoUnit.SECONDS);
        Instant to = end.plus(AROUND).truncatedTo(ChronoUnit.SECONDS);
        return frame.to(
                "/budgets/" + incident.budget(),
                "service",
                incident.service(),
                "subject",
                incident.subject(),
                "range",
                "",
                "live",
                "",
                "from",
                from.toString(),
                "to",
                (to.isAfter(frame.now()) ? frame.now().truncatedTo(ChronoUnit.SECONDS) : to).toString());
    }

    private static String target(Incident.Moment moment) {
        String acceptable = moment.acceptable();
        return moment.target() + (acceptable == null ? "" : ", acceptable " + acceptable);
    }

    private static String ending(Incident incident) {
        String closing = incident.closing();
        String returned = incident.returns() == 0 ? "" : "came back " + incident.returns() + "×";
        if (closing == null) {
            return returned;
        }
        return returned.isEmpty() ? closing : closing + "; " + returned;
    }
}
