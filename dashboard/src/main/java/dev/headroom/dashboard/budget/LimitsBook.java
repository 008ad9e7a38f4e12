package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.budget.file.Knobs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The limits at which agents count durations exactly: those of the budgets' targets and acceptables, in inclusive nanoseconds.
 * A metric has room for {@link #MOST}; budgets on routes that the service has never served come last. Thread-safe; never blocks.
 */
public final class LimitsBook {
    /** More are not counted by agents. */
    public static final int MOST = 16;

    private volatile List<Check> checks;
    private volatile String unknownService;
    private final Map<String, String> pages = new ConcurrentHashMap<>();

    LimitsBook(List<Check> checks) {
        this.checks = checks;
        this.unknownService = page(check -> false);
    }

    /** Other budgets from now on; what a known service is told changes with its next {@link #update}. */
    void replace(List<Check> others) {
        checks = others;
        unknownService = page(check -> false);
    }

    /** What the service's agents are told: a line per metric, its name and ascending nanoseconds. */
    public String lines(String service) {
        return pages.getOrDefault(service, unknownService);
    }

    /** The limits of a metric for a service of which nothing is known, in ascending nanoseconds. */
    public List<Long> nanos(String metric) {
        return List.copyOf(limits(check -> false).getOrDefault(metric, new TreeSet<>()));
    }

    /** @param seen whether the service had anything that the check selects */
    void update(String service, Predicate<Check> seen) {
        pages.put(service, page(seen));
    }

    private String page(Predicate<Check> seen) {
        return page(limits(seen));
    }

    private Map<String, Set<Long>> limits(Predicate<Check> seen) {
        List<Check> ordered = new ArrayList<>(checks);
        ordered.sort(Comparator.comparingInt(check -> rank(check, seen)));
        Map<String, Set<Long>> limits = new TreeMap<>();
        for (Check check : ordered) {
            EventSource source = check.source();
            if (source == null) {
                continue;
            }
            Set<Long> ofMetric = limits.computeIfAbsent(source.metric().metricName(), any -> new TreeSet<>());
            for (long nanos : check.limitNanos()) {
                if (ofMetric.size() < MOST) {
                    ofMetric.add(nanos);
                }
            }
        }
        limits.values().removeIf(Set::isEmpty);
        return limits;
    }

    private static String page(Map<String, Set<Long>> limits) {
        StringBuilder lines = new StringBuilder();
        limits.forEach((metric, nanos) -> {
            lines.append(metric);
            nanos.forEach(each -> lines.append(' ').append(each));
            lines.append('\n');
        });
        return lines.toString();
    }

    /** Smaller is more important. */
    private static int rank(Check check, Predicate<Check> seen) {
        if (check.namesRoute()) {
            return seen.test(check) ? 0 : 3;
        }
        return check.budget().knobs().severity() == Knobs.Severity.NONE ? 2 : 1;
    }
}
