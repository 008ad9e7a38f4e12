package dev.headroom.dashboard.page;

import dev.headroom.dashboard.store.BudgetSubject;
import dev.headroom.dashboard.store.HistoryStore;
import dev.headroom.dashboard.store.Incident;
import dev.headroom.dashboard.store.IncidentStore;
import dev.headroom.dashboard.store.TimeRange;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** What became of budgets, in memory. Thread-safe. */
public final class FixtureHistory implements HistoryStore, IncidentStore {
    private final Map<BudgetSubject, byte[]> strips = new ConcurrentHashMap<>();
    private final Map<String, Map<Instant, Hour>> hours = new ConcurrentHashMap<>();
    private final Map<String, Incident> incidents = new ConcurrentHashMap<>();

    @Override
    public Map<BudgetSubject, byte[]> strips() {
        return Map.copyOf(strips);
    }

    @Override
    public void putStrips(Map<BudgetSubject, byte[]> changed, Collection<BudgetSubject> gone) {
        strips.putAll(changed);
        gone.forEach(strips::remove);
    }

    @Override
    public List<Hour> hours(String service, Instant from, Instant to) {
        return hours.getOrDefault(service, Map.of()).values().stream()
                .filter(hour -> !hour.begin().isBefore(from) && hour.begin().isBefore(to))
                .toList();
    }

    @Override
    public void putHours(String service, Collection<Hour> changed, Instant keepFrom) {
        Map<Instant, Hour> kept = hours.computeIfAbsent(service, any -> new ConcurrentSkipListMap<>());
        changed.forEach(hour -> kept.put(hour.begin(), hour));
        kept.keySet().removeIf(begin -> begin.isBefore(keepFrom));
    }

    @Override
    public void put(Collection<Incident> changed) {
        changed.forEach(incident -> incidents.put(incident.id(), incident));
    }

    @Override
    public List<Incident> incidents(String service, String budget, TimeRange range, Boolean open, int most) {
        return incidents.values().stream()
                .filter(incident -> service == null || incident.service().equals(service))
                .filter(incident -> budget == null || incident.budget().equals(budget))
                .filter(incident -> open == null || incident.open() == open)
                .sorted(Comparator.comparing(Incident::opened).reversed())
                .limit(most)
                .toList();
    }

    @Override
    public Incident incident(String id) {
        return incidents.get(id);
    }
}
