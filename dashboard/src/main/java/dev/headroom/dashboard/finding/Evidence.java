package dev.headroom.dashboard.finding;

import dev.headroom.dashboard.example.Example;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Examples that show a finding, and where in the application.
 *
 * @param route of the worst of them; null when it has none
 */
record Evidence(
        List<String> examples,
        @Nullable String caller,
        @Nullable String route) {
    static final Evidence NONE = new Evidence(List.of(), null, null);
    private static final int MOST = 5;

    static Evidence of(List<Observation.Sighting> sightings) {
        if (sightings.isEmpty()) {
            return NONE;
        }
        List<Observation.Sighting> worst = sightings.stream()
                .sorted(Comparator.comparingDouble(
                        (Observation.Sighting each) -> -each.call().durationMs()))
                .toList();
        String caller = worst.stream()
                .map(each -> each.call().caller())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        Example example = worst.get(0).example();
        return new Evidence(
                worst.stream()
                        .map(each -> each.example().id())
                        .distinct()
                        .limit(MOST)
                        .toList(),
                caller,
                example.route() == null ? null : example.name());
    }
}
