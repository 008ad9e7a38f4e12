package dev.headroom.dashboard.finding;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Routes that send texts as they are to clients that offered to take them compressed. Sizes are counted exactly; what the network would
 * save is not known in time, so there is no saving.
 */
final class UncompressedResponses implements Rule {
    private static final double LARGE_BYTES = 1000;
    private static final long LEAST = 20;
    /** What the budget {@code uncompressed} accepts. */
    private static final double SHARE = 0.05;

    @Override
    public List<Found> find(Observation observation) {
        Map<String, Value.Distribution> texts =
                observation.distributions(Metric.HTTP_SERVER_RESPONSE_SIZE, UncompressedResponses::text);
        List<Found> found = new ArrayList<>();
        observation
                .distributions(
                        Metric.HTTP_SERVER_RESPONSE_SIZE,
                        key -> "identity".equals(key.get(Attribute.RESPONSE_ENCODING)) ? text(key) : null)
                .forEach((route, identity) -> {
                    long large = identity.histogram().surelyAbove(LARGE_BYTES);
                    Value.Distribution all = texts.getOrDefault(route, identity);
                    if (large >= LEAST && large > SHARE * all.calls()) {
                        found.add(found(observation, route, identity, large, all.calls()));
                    }
                });
        return found;
    }

    private static @Nullable String text(SeriesKey key) {
        return "text".equals(key.get(Attribute.RESPONSE_CONTENT)) ? Observation.route(key) : null;
    }

    private static Found found(
            Observation observation, String route, Value.Distribution identity, long large, long all) {
        return new Found(
                FindingKind.UNCOMPRESSED_RESPONSE,
                "response",
                route,
                null,
                observation.examplesOf(route).stream()
                        .limit(5)
                        .map(each -> each.id())
                        .toList(),
                null,
                large + " of " + all
                        + " texts for clients that offered an encoding went out as they are, with over 1000 bytes; "
                        + Numbers.of(observation.perMinute(identity.histogram().sum()) / 1024)
                        + " KiB a minute together",
                "Switch compression on: server.compression.enabled with Spring Boot, compression=\"on\" in Tomcat, or in the proxy.");
    }
}
