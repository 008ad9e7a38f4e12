package dev.headroom.dashboard.incident;

import dev.headroom.dashboard.store.Incident;
import dev.headroom.dashboard.store.IncidentStore;
import dev.headroom.dashboard.store.TimeRange;
import java.util.Collection;
import java.util.List;

/** A store whose disk a test breaks. */
final class RefusingStore implements IncidentStore {
    volatile RuntimeException refusal;
    private final IncidentStore store;

    RefusingStore(IncidentStore store) {
        this.store = store;
    }

    @Override
    public void put(Collection<Incident> incidents) {
        if (refusal != null) {
            throw refusal;
        }
        store.put(incidents);
    }

    @Override
    public List<Incident> incidents(String service, String budget, TimeRange range, Boolean open, int most) {
        return store.incidents(service, budget, range, open, most);
    }

    @Override
    public Incident incident(String id) {
        return store.incident(id);
    }
}
