package dev.headroom.dashboard.notify;

import dev.headroom.dashboard.budget.file.Budget;
import dev.headroom.dashboard.incident.IncidentListener;
import dev.headroom.dashboard.store.Incident;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Makes news of incidents. Nobody is told of what somebody has waived. Thread-safe; returns at once. */
final class IncidentNews implements IncidentListener {
    private final Consumer<List<News>> told;
    private final Supplier<List<Budget>> budgets;

    /** @param budgets as they are now, for owner and runbook */
    IncidentNews(Consumer<List<News>> told, Supplier<List<Budget>> budgets) {
        this.told = told;
        this.budgets = budgets;
    }

    @Override
    public void changed(List<Incident> incidents) {
        List<News> news = incidents.stream()
                .filter(incident -> !incident.waived())
                .map(incident -> incident.open() ? begun(incident) : ended(incident))
                .toList();
        if (!news.isEmpty()) {
            told.accept(news);
        }
    }

    @Override
    public void opened(Incident incident) {
        changed(List.of(incident));
    }

    @Override
    public void closed(Incident incident) {
        changed(List.of(incident));
    }

    private News begun(Incident incident) {
        return news(incident, News.Event.OPENED, incident.first());
    }

    private News ended(Incident incident) {
        Incident.Moment last = incident.last();
        return news(incident, News.Event.CLOSED, last == null ? unknown(incident) : last);
    }

    /** Of an incident that ended because nothing is known of it any more: the numbers of its begin would be old. */
    private static Incident.Moment unknown(Incident incident) {
        return new Incident.Moment(
                incident.closed() == null ? incident.opened() : incident.closed(),
                "NO DATA",
                null,
                incident.first().target(),
                incident.first().acceptable(),
                0,
                0,
                null,
                incident.closing() == null ? "" : "It ended: " + incident.closing() + ".");
    }

    private News news(Incident incident, News.Event event, Incident.Moment moment) {
        Optional<Budget> budget = budgets.get().stream()
                .filter(each -> each.id().equals(incident.budget()))
                .findFirst();
        return new News(
                incident.id(),
                event,
                incident.service(),
                incident.budget(),
                incident.title(),
                incident.subject(),
                incident.severity(),
                moment.verdict(),
                moment.sentence(),
                moment.value(),
                moment.target(),
                moment.acceptable(),
                moment.n(),
                moment.bad(),
                incident.opened(),
                incident.closed(),
                budget.map(Budget::runbook).orElse(null),
                budget.map(Budget::owner).orElse(null));
    }
}
