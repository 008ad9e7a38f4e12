package dev.headroom.dashboard.incident;

import dev.headroom.dashboard.store.BudgetSubject;
import dev.headroom.dashboard.store.Incident;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The alerts of every service: takes one evaluation after another and says which incidents opened and closed. Not thread-safe. */
final class AlertBook {
    private final Instant begin;
    private final Map<String, Map<BudgetSubject, Alert>> alerts = new HashMap<>();
    private final Map<String, Instant> judged = new HashMap<>();

    /**
     * @param open incidents that an earlier run left open
     * @param begin when this dashboard began to judge
     */
    AlertBook(Collection<Incident> open, Instant begin) {
        this.begin = begin;
        for (Incident incident : open) {
            BudgetSubject about = new BudgetSubject(incident.service(), incident.budget(), incident.subject());
            of(incident.service()).put(about, Alert.resume(incident, begin));
        }
    }

    private Map<BudgetSubject, Alert> of(String service) {
        return alerts.computeIfAbsent(service, any -> new HashMap<>());
    }

    /** Incidents that opened or closed by this evaluation; an evaluation that was taken before changes nothing. */
    List<Incident> take(Judged evaluation) {
        Instant at = evaluation.at();
        Instant before = judged.put(evaluation.service(), at);
        if (before != null && !before.isBefore(at)) {
            judged.put(evaluation.service(), before);
            return List.of();
        }
        List<Incident> changes = new ArrayList<>();
        Map<BudgetSubject, Alert> ofService = of(evaluation.service());
        Set<BudgetSubject> present = new HashSet<>();
        Set<String> budgets = new HashSet<>();
        for (Judged.Item item : evaluation.items()) {
            BudgetSubject about = item.about();
            present.add(about);
            budgets.add(about.budget());
            Alert alert = ofService.get(about);
            if (alert == null) {
                alert = new Alert(begin);
            }
            changes.addAll(alert.take(item, at));
            if (alert.idle()) {
                ofService.remove(about);
            } else {
                ofService.put(about, alert);
            }
        }
        for (Iterator<Map.Entry<BudgetSubject, Alert>> rest =
                        ofService.entrySet().iterator();
                rest.hasNext(); ) {
            Map.Entry<BudgetSubject, Alert> entry = rest.next();
            if (!present.contains(entry.getKey())) {
                Alert alert = entry.getValue();
                boolean known = budgets.contains(entry.getKey().budget());
                changes.addAll(
                        known
                                ? alert.missing(at)
                                : alert.close(
                                        at,
                                        "the budget is not judged any more: the file has it no longer, or another"
                                                + " one goes before it",
                                        null));
                if (!known || alert.idle()) {
                    rest.remove();
                }
            }
        }
        return changes;
    }

    /** Closes what belongs to services that nobody judges any more. */
    List<Incident> sweep(Instant now) {
        List<Incident> changes = new ArrayList<>();
        alerts.forEach((service, ofService) -> {
            Instant last = judged.getOrDefault(service, begin);
            if (!last.plus(Alert.UNKNOWN).isAfter(now)) {
                ofService
                        .values()
                        .forEach(alert -> changes.addAll(alert.close(
                                now, "its service was not judged for " + Alert.words(Alert.UNKNOWN), null)));
                ofService.clear();
            }
        });
        return changes;
    }

    /** The open incidents as they are now. */
    List<Incident> open() {
        List<Incident> open = new ArrayList<>();
        for (Map<BudgetSubject, Alert> ofService : alerts.values()) {
            for (Alert alert : ofService.values()) {
                Incident incident = alert.incident();
                if (incident != null) {
                    open.add(incident);
                }
            }
        }
        return open;
    }

    /** Since when the subject fails without being an alert yet, or null. */
    @Nullable
    Instant pendingSince(BudgetSubject about) {
        Alert alert = of(about.service()).get(about);
        return alert == null ? null : alert.pendingSince();
    }
}
