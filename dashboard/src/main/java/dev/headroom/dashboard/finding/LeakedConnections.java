package dev.headroom.dashboard.finding;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.example.Example;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Connections whose request ended half a minute ago or earlier, and that nobody gave back. What is counted is the most at one moment,
 * added up over JVMs. It costs no time until the pool is empty: no saving.
 */
final class LeakedConnections implements Rule {
    private record Place(String pool, String template) {}

    @Override
    public List<Found> find(Observation observation) {
        Map<Place, Double> most = new LinkedHashMap<>();
        for (SeriesData one : observation.reading().series()) {
            SeriesKey key = one.key();
            if (key.is(Metric.POOL_LEAKED) && one.value() instanceof Value.Gauge gauge && gauge.max() > 0) {
                Place place = new Place(key.get(Attribute.POOL_NAME, ""), key.get(Attribute.HTTP_ROUTE, ""));
                most.merge(place, gauge.max(), Double::sum);
            }
        }
        List<Found> found = new ArrayList<>();
        most.forEach((place, connections) -> found.add(found(observation, place, connections)));
        return found;
    }

    private static Found found(Observation observation, Place place, double connections) {
        List<Observation.Sighting> borrowing = observation
                .sightings(call -> call.kind().equals("pool"))
                .stream()
                .filter(each -> place.template().equals(each.example().route()))
                .toList();
        Evidence evidence = Evidence.of(borrowing);
        List<String> examples = evidence.examples().isEmpty()
                ? observation.examples().stream()
                        .filter(each -> place.template().equals(each.route()))
                        .limit(5)
                        .map(Example::id)
                        .toList()
                : evidence.examples();
        String named = evidence.route();
        return new Found(
                FindingKind.CONNECTION_LEAK,
                place.pool(),
                named != null ? named : place.template().isEmpty() ? null : place.template(),
                evidence.caller(),
                examples,
                null,
                Numbers.of(connections)
                        + " connections were not given back when their requests ended, nor half a minute later",
                "Close every connection in a finally, or with try-with-resources.");
    }
}
