package dev.headroom.dashboard.budget;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who contributes to a budget's bad events: the same events by one key after the other. Stateless. */
public final class Contributors {
    private static final int MOST_ROWS = 10;
    /** Keys whose values have rows of their own on a page: worth showing when there is one only. */
    private static final Set<String> LISTED = Set.of("route", "query", "cache", "peer", "pool");

    /**
     * A part of the events, such as one route's.
     *
     * @param excess bad events beyond what this part was allowed: bad − allowance × n
     */
    public record Part(String name, long n, long bad, double excess) {}

    /**
     * The events by one key, the largest excess first.
     *
     * @param parts how many there are; the rows are the first of them
     */
    public record Split(String key, int parts, List<Part> rows) {}

    private Contributors() {}

    /** @param allowance share of events that may be bad */
    static List<Split> of(Check check, List<Sighting> sightings, double allowance) {
        List<Split> splits = new ArrayList<>();
        for (String key : keys(check)) {
            Map<String, EventCounts> parts = new HashMap<>();
            for (Sighting each : sightings) {
                String name = check.fact(key, each.key(), each.origin());
                parts.merge(name == null ? "none" : name, EventHistory.of(check, each), EventCounts::plus);
            }
            parts.remove("none");
            List<Part> rows = new ArrayList<>();
            parts.forEach((name, counts) -> rows.add(new Part(
                    name, counts.all(), counts.overAcceptable(), counts.overAcceptable() - allowance * counts.all())));
            rows.sort(Comparator.comparingDouble(Part::excess).reversed().thenComparing(Part::name));
            boolean tells = rows.size() > 1 || (rows.size() == 1 && LISTED.contains(key));
            if (tells) {
                splits.add(new Split(key, rows.size(), List.copyOf(rows.subList(0, Math.min(MOST_ROWS, rows.size())))));
            }
        }
        return splits;
    }

    /** What its events may differ in. */
    private static List<String> keys(Check check) {
        return switch (check.budget().signal()) {
            case HTTP, REQUEST -> List.of("route", "status", "instance", "version");
            case DB -> List.of("query", "verb", "instance", "version");
            case CACHE, REDIS -> List.of("cache", "op", "instance", "version");
            case HTTP_CLIENT -> List.of("peer", "method", "instance", "version");
            case POOL -> List.of("pool", "instance", "version");
            default -> List.of("instance", "version");
        };
    }
}
