package dev.headroom.dashboard.finding;

import java.util.List;

/** Finds one sort of trouble. Says only what the observation proves. Stateless. */
interface Rule {
    List<Found> find(Observation observation);
}
