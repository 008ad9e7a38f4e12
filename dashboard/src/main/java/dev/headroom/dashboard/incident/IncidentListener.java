package dev.headroom.dashboard.incident;

import dev.headroom.dashboard.store.Incident;
import java.util.List;

/**
 * Is told when an alert is raised and when it is cleared, each at least once: after a restart again of every incident that is open,
 * and of those that closed within the last day. An incident's id and whether it is open tell what is a repetition.
 *
 * <p>Called on the thread that keeps the incidents: return at once. Nobody is to be called for an incident that is
 * {@link Incident#waived}. Budgets of severity none open none.
 */
public interface IncidentListener {
    /** What one evaluation brought, together. */
    default void changed(List<Incident> incidents) {
        for (Incident incident : incidents) {
            if (incident.open()) {
                opened(incident);
            } else {
                closed(incident);
            }
        }
    }

    void opened(Incident incident);

    void closed(Incident incident);
}
