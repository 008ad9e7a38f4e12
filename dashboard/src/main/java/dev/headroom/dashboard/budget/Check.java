package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.budget.file.Budget;
import dev.headroom.dashboard.budget.file.Condition;
import dev.headroom.dashboard.budget.file.Dimension;
import dev.headroom.dashboard.budget.file.Limit;
import dev.headroom.dashboard.budget.file.Measure;
import dev.headroom.dashboard.budget.file.Per;
import dev.headroom.dashboard.budget.file.Quantity;
import dev.headroom.dashboard.budget.file.Signal;
import dev.headroom.dashboard.budget.file.ValuePattern;
import dev.headroom.dashboard.store.SeriesKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A budget made ready: where its events are, which of them it selects, and how they fall into subjects. Thread-safe. */
final class Check {
    private static final Set<String> APART = Set.of("env", "instance", "version");
    private static final int MOST_KNOWN = 50_000;

    private final Budget budget;
    private final Facts facts;
    private final @Nullable EventSource source;
    private final @Nullable ReadingSource readings;
    private final boolean apart;
    private final boolean countsWhole;
    /** By service: what was worked out for its series; only where it does not depend on the JVM. */
    private final Map<String, Map<SeriesKey, Found>> known = new ConcurrentHashMap<>();

    /**
     * What a series is to this budget.
     *
     * @param subject that its events belong to, or that it tells of; null for none
     * @param present whether it holds none of the subject's events itself
     */
    record Found(@Nullable String subject, boolean present) {
        static final Found NOTHING = new Found(null, false);
    }

    Check(Budget budget, Facts facts) {
        this.budget = budget;
        this.facts = facts;
        boolean selectable = budget.where().keySet().stream().allMatch(Facts::knows);
        Quantity quantity = budget.measure().quantity();
        this.source = selectable && !budget.isReading() ? EventSource.of(budget.signal(), quantity) : null;
        this.readings = selectable && budget.isReading() && quantity != null
                ? ReadingSource.of(budget.signal(), quantity)
                : null;
        this.apart = budget.per().stream().anyMatch(per -> APART.contains(per.key()))
                || budget.where().keySet().stream().anyMatch(APART::contains);
        boolean counts = budget.measure() instanceof Measure.Count || budget.measure() instanceof Measure.Rate;
        this.countsWhole = counts && budget.per().stream().allMatch(per -> per == Per.SERVICE);
    }

    Budget budget() {
        return budget;
    }

    /** Null where it is about readings, or nothing measures it yet. */
    @Nullable
    EventSource source() {
        return source;
    }

    /** Null where it is about events, or nothing measures it yet. */
    @Nullable
    ReadingSource readings() {
        return readings;
    }

    boolean measured() {
        return source != null || readings != null;
    }

    /** Whether it must know which JVM an event came from. */
    boolean tellsJvmsApart() {
        return apart;
    }

    /** Whether it names a route. */
    boolean namesRoute() {
        return budget.where().containsKey("route");
    }

    /** Whether it names a class of requests, and no route. */
    boolean namesClass() {
        return budget.where().containsKey("class") && !namesRoute();
    }

    /** What the series is to this budget; worked out once where it does not depend on the JVM. */
    Found found(SeriesKey series, Origin origin) {
        if (source == null) {
            return Found.NOTHING;
        }
        boolean tells = source.presence() != null && series.is(source.presence());
        if (!tells && !source.accepts(series)) {
            return Found.NOTHING;
        }
        if (apart) {
            return find(series, origin);
        }
        Map<SeriesKey, Found> ofService = known.computeIfAbsent(origin.service(), any -> new ConcurrentHashMap<>());
        Found before = ofService.get(series);
        if (before != null) {
            return before;
        }
        if (ofService.size() >= MOST_KNOWN) {
            ofService.clear();
        }
        Found now = find(series, origin);
        ofService.put(series, now);
        return now;
    }

    private Found find(SeriesKey series, Origin origin) {
        String subject = subject(series, origin);
        if (subject != null) {
            return new Found(subject, false);
        }
        String present = presence(series, origin);
        return present == null ? Found.NOTHING : new Found(present, true);
    }

    /** The subject that the series' events belong to, or null where they are not selected. */
    @Nullable
    String subject(SeriesKey series, Origin origin) {
        if (source == null || !source.accepts(series)) {
            return null;
        }
        if (source == EventSource.REQUESTS && !budget.where().containsKey("class") && facts.excluded(series)) {
            return null;
        }
        return selects(series, origin) ? subjectOf(series, origin) : null;
    }

    /**
     * The subject that the series tells of although it holds none of its events: for counts, none is a number too. Null where it
     * tells of none.
     */
    @Nullable
    String presence(SeriesKey series, Origin origin) {
        if (source == null || budget.measure().dimension() == Dimension.SHARE) {
            return null;
        }
        if (source.presence() != null && series.is(source.presence())) {
            return selects(series, origin) ? subjectOf(series, origin) : null;
        }
        return countsWhole && source.accepts(series) ? "" : null;
    }

    boolean selects(SeriesKey series, Origin origin) {
        for (Map.Entry<String, ValuePattern> selector : budget.where().entrySet()) {
            if (!selector.getValue().matches(fact(selector.getKey(), series, origin))) {
                return false;
            }
        }
        return true;
    }

    String subjectOf(SeriesKey series, Origin origin) {
        List<String> parts = new ArrayList<>();
        for (Per per : budget.per()) {
            if (per != Per.SERVICE) {
                String value = fact(per.key(), series, origin);
                parts.add(value == null ? "unknown" : value);
            }
        }
        return String.join(", ", parts);
    }

    @Nullable
    String fact(String key, SeriesKey series, Origin origin) {
        return facts.of(key, origin.service(), origin.instance(), origin.resource(), series);
    }

    /** Whether a condition on a word holds for the events of the series; numbers are left to {@link Durations}. */
    boolean holds(@Nullable Condition condition, SeriesKey series, Origin origin) {
        return condition == null || condition.metBy(fact(condition.quantity().key(), series, origin));
    }

    /** The inclusive limits in nanoseconds at which its events must be counted to be exact. */
    Set<Long> limitNanos() {
        Set<Long> nanos = new TreeSet<>();
        if (source == null || budget.compare() != null) {
            return nanos;
        }
        if (budget.measure() instanceof Measure.Quantile quantile
                && quantile.quantity().dimension() == Dimension.TIME) {
            nanos.add(inclusive(budget.target()));
            nanos.add(inclusive(budget.accepted()));
        }
        Condition condition = budget.measure().condition();
        if (condition != null && condition.quantity().dimension() == Dimension.TIME) {
            add(nanos, condition);
        }
        nanos.removeIf(limit -> limit < 0);
        return nanos;
    }

    private static void add(Set<Long> nanos, Condition condition) {
        if (condition.operator() == null || condition.amount() == null) {
            return;
        }
        nanos.add(Durations.inclusive(condition.operator(), condition.amount()));
        if (condition.upperEnd() != null) {
            nanos.add(condition.upperEnd().nanos());
        }
    }

    private static long inclusive(Limit limit) {
        return Durations.inclusive(limit.operator(), limit.amount());
    }

    /** Which page shows the rows behind it. */
    String detail() {
        Signal signal = budget.signal();
        return switch (signal) {
            case HTTP, REQUEST -> "routes";
            case DB -> "queries";
            case CACHE, REDIS -> "caches";
            case POOL -> "pools";
            case HTTP_CLIENT -> "calls";
            default -> "service";
        };
    }
}
