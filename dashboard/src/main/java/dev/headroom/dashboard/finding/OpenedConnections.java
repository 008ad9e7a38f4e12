package dev.headroom.dashboard.finding;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.store.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Routes whose requests open connections of their own. A pool that fills up after the start opens a few; a route is found when half of its
 * requests do it, and at least ten.
 *
 * <p>The place is that of the statement that took longest on such a connection. Saving per minute = connections opened per minute × mean time of opening one.
 */
final class OpenedConnections implements Rule {
    private static final long LEAST = 10;
    private static final double SHARE = 0.5;

    @Override
    public List<Found> find(Observation observation) {
        List<Found> found = new ArrayList<>();
        Value.Distribution created = observation.distribution(Metric.POOL_CREATE, key -> true);
        observation.distributions(Metric.REQUEST_DB_OPENED, Observation::route).forEach((route, opened) -> {
            long requests = opened.histogram().count();
            long opening = requests - opened.histogram().zeroCount();
            if (opening >= LEAST && opening >= SHARE * requests) {
                found.add(found(observation, route, opened, opening, created));
            }
        });
        return found;
    }

    private static Found found(
            Observation observation,
            String route,
            Value.Distribution opened,
            long opening,
            Value.@Nullable Distribution created) {
        double all = opened.histogram().sum();
        Evidence using = Evidence.of(observation.sightings(call -> call.kind().equals("sql")).stream()
                .filter(each -> route.equals(each.example().name()))
                .toList());
        List<String> evidence = observation.examplesOf(route).stream()
                .limit(5)
                .map(each -> each.id())
                .toList();
        return new Found(
                FindingKind.CONNECTION_PER_REQUEST,
                "connections to the database",
                route,
                using.caller(),
                evidence,
                Observation.known(observation.perMinute(all) * Observation.meanMillis(created)),
                opening + " of " + opened.histogram().count() + " requests opened " + Numbers.of(all) + " connections",
                "Take connections from a pool that lives as long as the application.");
    }
}
