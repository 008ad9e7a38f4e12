package dev.headroom.dashboard.finding;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.example.Example;
import dev.headroom.dashboard.store.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who held the connections of a pool when it ran out: by route for how long, as the agent read it at that moment; what ran last and
 * where it was borrowed, as examples of the route show it. Stateless.
 */
final class Holders {
    private static final int MOST = 10;
    private static final double QUANTILE = 0.95;

    private Holders() {}

    /** A sentence for each route, the longest hold first. */
    static List<String> of(Observation observation, String pool) {
        Map<String, Value.Distribution> held = observation.distributions(
                Metric.POOL_EXHAUSTED_HELD,
                key -> pool.equals(key.get(Attribute.POOL_NAME)) ? key.get(Attribute.HTTP_ROUTE, "") : null);
        List<Map.Entry<String, Value.Distribution>> longest = new ArrayList<>(held.entrySet());
        longest.sort(
                Comparator.comparingDouble(each -> -each.getValue().histogram().max()));
        return longest.stream()
                .limit(MOST)
                .map(each -> sentence(observation, each.getKey(), each.getValue()))
                .toList();
    }

    private static String sentence(Observation observation, String template, Value.Distribution held) {
        StringBuilder text = new StringBuilder(template.isEmpty() ? "outside of requests" : template)
                .append(": held ")
                .append(held.calls())
                .append(held.calls() == 1 ? " connection" : " connections")
                .append(", the longest for ")
                .append(Numbers.of(1000 * held.histogram().max()))
                .append(" ms");
        Value.Distribution idle = observation.distribution(
                Metric.TRANSACTION_IDLE, key -> template.equals(key.get(Attribute.HTTP_ROUTE, "")));
        if (idle != null && idle.histogram().count() > 0) {
            text.append("; one transaction in twenty idle for ")
                    .append(Numbers.of(1000 * idle.histogram().quantile(QUANTILE)))
                    .append(" ms or more");
        }
        Example slowest = slowest(observation, template);
        Example.Call last = slowest == null ? null : last(slowest, "sql");
        Example.Call borrowed = slowest == null ? null : last(slowest, "pool");
        if (last != null) {
            text.append("; ran last ").append(last.text());
        }
        String caller =
                borrowed != null && borrowed.caller() != null ? borrowed.caller() : last == null ? null : last.caller();
        return caller == null
                ? text.toString()
                : text.append("; at ").append(caller).toString();
    }

    /** Of the route; null where none with a statement was kept. */
    private static @Nullable Example slowest(Observation observation, String template) {
        return observation.examples().stream()
                .filter(each -> template.equals(each.route()) && last(each, "sql") != null)
                .max(Comparator.comparingDouble(Example::durationMs))
                .orElse(null);
    }

    private static Example.@Nullable Call last(Example example, String kind) {
        Example.Call last = null;
        for (Example.Call call : example.calls()) {
            last = call.kind().equals(kind) ? call : last;
        }
        return last;
    }
}
