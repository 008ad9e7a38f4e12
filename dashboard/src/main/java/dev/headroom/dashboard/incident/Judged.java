package dev.headroom.dashboard.incident;

import dev.headroom.dashboard.budget.BudgetFigures;
import dev.headroom.dashboard.budget.BudgetReport;
import dev.headroom.dashboard.budget.BudgetStatus;
import dev.headroom.dashboard.store.BudgetSubject;
import dev.headroom.dashboard.store.Incident;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One evaluation of one service, without what another budget supersedes. Immutable. */
record Judged(String service, Instant at, List<Item> items) {
    /** A verdict in words and as numbers. */
    record Item(BudgetStatus status, BudgetFigures.Figure figure) {
        BudgetSubject about() {
            return new BudgetSubject(status.service(), status.id(), status.subject());
        }

        Incident.Moment moment(Instant at) {
            double probability = figure.probability();
            return new Incident.Moment(
                    at,
                    status.status().label(),
                    status.current(),
                    status.target(),
                    status.acceptable(),
                    status.n(),
                    status.bad(),
                    Double.isNaN(probability) ? null : probability,
                    status.sentence());
        }
    }

    private record Name(String budget, String subject) {}

    /** @param figures of this service */
    static Judged of(BudgetReport report, List<BudgetFigures.Figure> figures) {
        Map<Name, BudgetFigures.Figure> byName = new HashMap<>();
        figures.forEach(figure -> byName.put(new Name(figure.budget(), figure.subject()), figure));
        List<Item> items = new ArrayList<>();
        for (BudgetStatus status : report.items()) {
            BudgetFigures.Figure figure = byName.get(new Name(status.id(), status.subject()));
            if (figure != null) {
                items.add(new Item(status, figure));
            }
        }
        return new Judged(report.service(), report.at(), List.copyOf(items));
    }
}
