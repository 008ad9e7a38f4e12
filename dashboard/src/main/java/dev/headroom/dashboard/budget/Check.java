package dev.headroom.dashboard.budget;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.budget.file.Budget;
import dev.headroom.dashboard.budget.file.BudgetFile;
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
import java.util.Objects;
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
    private final @Nullable String named;
    private final @Nullable Condition narrowing;
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
        this.narrowing = narrowing(budget);
        boolean selectable = budget.where().entrySet().stream().allMatch(this::selectable);
        Quantity measured = budget.measure().quantity();
        Quantity quantity = narrowing == null ? measured : narrowing.quantity();
        // No series tells of two amounts of one event.
        selectable &= measured == null
                || measured.equals(quantity)
                || !measured.dimension().counted();
        this.source = selectable && !budget.isReading() ? EventSource.of(budget.signal(), quantity) : null;
        this.readings = selectable && budget.isReading() && quantity != null
                ? ReadingSource.of(budget.signal(), quantity)
                : null;
        boolean single = !(budget.measure() instanceof Measure.Ratio) && budget.compare() == null;
        this.named = budget.signal() == Signal.METRIC && quantity != null && single ? quantity.key() : null;
        this.apart = budget.per().stream().anyMatch(per -> APART.contains(per.key()))
                || budget.where().keySet().stream().anyMatch(APART::contains);
        boolean counts = budget.measure() instanceof Measure.Count || budget.measure() instanceof Measure.Rate;
        this.countsWhole = counts && budget.per().stream().allMatch(per -> per == Per.SERVICE);
    }

    /** Every live budget of the file. */
    static List<Check> all(BudgetFile file) {
        Facts facts = new Facts(file.classes());
        List<Check> checks = new ArrayList<>();
        file.budgets().forEach(budget -> checks.add(new Check(budget, facts)));
        return checks;
    }

    /** What {@code where} says of an amount of each event, such as {@code rows: "> 1000"}; null for none. */
    private static @Nullable Condition narrowing(Budget budget) {
        for (Map.Entry<String, ValuePattern> selector : budget.where().entrySet()) {
            Quantity quantity = budget.signal().quantity(selector.getKey());
            if (quantity != null
                    && budget.signal() != Signal.METRIC
                    && quantity.dimension().whole()) {
                Condition narrowing =
                        Condition.comparison(quantity, selector.getValue().toString());
                if (narrowing != null) {
                    return narrowing;
                }
            }
        }
        return null;
    }

    /** Whether anything tells what the selector asks; of the numbers in a statement's text only whether they are there. */
    private boolean selectable(Map.Entry<String, ValuePattern> selector) {
        String key = selector.getKey();
        if (narrows(key)) {
            return true;
        }
        boolean presence = Set.of("any", "none").contains(selector.getValue().toString());
        return Facts.knows(key) && (presence || !(key.equals("limit") || key.equals("offset")));
    }

    private boolean narrows(String key) {
        return narrowing != null && narrowing.quantity().key().equals(key);
    }

    /** Which of a series' events count, by their amount; null where all do. */
    @Nullable
    Condition narrowing() {
        return narrowing;
    }

    Budget budget() {
        return budget;
    }

    /** Whether the other selects the same events and tells the same subjects apart. */
    boolean sameSubjects(Check other) {
        Budget that = other.budget;
        return budget.signal() == that.signal()
                && budget.where().equals(that.where())
                && budget.per().equals(that.per())
                && budget.measure().equals(that.measure())
                && facts.equals(other.facts);
    }

    /** Whether it holds them to the same limits, too: then what was counted for the other counts here. */
    boolean sameCounts(Check other) {
        Budget that = other.budget;
        return sameSubjects(other)
                && budget.target().equals(that.target())
                && budget.accepted().equals(that.accepted())
                && Objects.equals(budget.compare(), that.compare());
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
        return source != null || readings != null || named != null;
    }

    /** The metric that it names itself; null where its signal says which metric. */
    @Nullable
    String named() {
        return named;
    }

    /** Whether it must know which JVM an event came from. */
    boolean tellsJvmsApart() {
        return apart;
    }

    /** The classes of requests that it tells apart, in words that stay the same from one run to the next. */
    String classes() {
        return facts.written();
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
        if (source.requests() && !budget.where().containsKey("class") && facts.excluded(series)) {
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
            if (!narrows(selector.getKey()) && !selector.getValue().matches(fact(selector.getKey(), series, origin))) {
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
        String label = named == null ? null : series.attributes().get(key);
        return label != null ? label : facts.of(key, origin.service(), origin.instance(), origin.resource(), series);
    }

    /** Whether a condition on a word holds for the events of the series; numbers are left to {@link Durations}. */
    boolean holds(@Nullable Condition condition, SeriesKey series, Origin origin) {
        return condition == null || condition.metBy(fact(condition.quantity().key(), series, origin));
    }

    /** {@link #limitNanos} where they are of durations, else none: what a chart of durations shows. */
    Set<Long> durationLimits() {
        return source != null && source.metric().kind() == Metric.Kind.DURATION ? limitNanos() : Set.of();
    }

    /** The inclusive limits in nanoseconds, or billionths, at which its events must be counted to be exact. */
    Set<Long> limitNanos() {
        Set<Long> nanos = new TreeSet<>();
        if (source == null || budget.compare() != null) {
            return nanos;
        }
        if (budget.measure() instanceof Measure.Quantile quantile
                && quantile.quantity().dimension().counted()) {
            nanos.add(inclusive(budget.target()));
            nanos.add(inclusive(budget.accepted()));
        }
        Condition condition = budget.measure().condition();
        if (condition != null && condition.ofAmounts()) {
            add(nanos, condition);
        }
        if (narrowing != null) {
            add(nanos, narrowing);
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
