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
 * Routes whose large answers to GET carry neither ETag nor Last-Modified, though they may be stored: a client that has one cannot ask
 * whether it still holds, and gets it whole again. Answers are counted exactly; what clients would save depends on how often they come
 * back, so there is no saving.
 */
final class MissingValidators implements Rule {
    /** Below, a 304 saves a packet or two. */
    private static final double LARGE_BYTES = 10_000;

    private static final long LEAST = 20;
    private static final double SHARE = 0.5;

    @Override
    public List<Found> find(Observation observation) {
        Map<String, Value.Distribution> all =
                observation.distributions(Metric.HTTP_SERVER_RESPONSE_SIZE, Observation::route);
        List<Found> found = new ArrayList<>();
        observation
                .distributions(Metric.HTTP_SERVER_RESPONSE_SIZE, MissingValidators::unvalidated)
                .forEach((route, bare) -> {
                    long large = bare.histogram().surelyAbove(LARGE_BYTES);
                    long answers = all.getOrDefault(route, bare).calls();
                    if (large >= LEAST && large > SHARE * answers) {
                        found.add(found(observation, route, bare, large, answers));
                    }
                });
        return found;
    }

    private static @Nullable String unvalidated(SeriesKey key) {
        return "none".equals(key.get(Attribute.RESPONSE_VALIDATOR)) ? Observation.route(key) : null;
    }

    private static Found found(Observation observation, String route, Value.Distribution bare, long large, long all) {
        return new Found(
                FindingKind.MISSING_VALIDATOR,
                "response",
                route,
                null,
                observation.examplesOf(route).stream()
                        .limit(5)
                        .map(each -> each.id())
                        .toList(),
                null,
                large + " of " + all + " answers had over 10 kB and neither ETag nor Last-Modified; "
                        + Numbers.of(observation.perMinute(bare.histogram().sum()) / 1024)
                        + " KiB a minute together, whoever had them already",
                "Send an ETag (Spring: ShallowEtagHeaderFilter or ResponseEntity.eTag), so that an unchanged answer is a 304;"
                        + " or Cache-Control: no-store where nobody may keep it.");
    }
}
