package dev.headroom.dashboard.finding;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.example.Example;
import dev.headroom.dashboard.example.Examples;
import dev.headroom.dashboard.plan.PlanBook;
import dev.headroom.dashboard.store.ExampleSearch;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.Reading;
import dev.headroom.dashboard.store.Selection;
import dev.headroom.dashboard.store.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every service's findings, checked over its last ten minutes again and again: once a minute, and when somebody asks after the last check
 * became old. Thread-safe; blocks on the store.
 */
public final class Findings {
    /** What a check looks at. */
    static final Duration WINDOW = Duration.ofMinutes(10);

    private static final Duration FRESH = Duration.ofSeconds(15);
    private static final int MOST_EXAMPLES = 300;
    private static final List<Rule> RULES = List.of(
            new RepeatedStatements(),
            new RepeatedReads(),
            new LargeReads(),
            new DeepOffsets(),
            new MissingIndexes(),
            new OpenedConnections(),
            new PoolSizes(),
            new LeakedConnections(),
            new OpenTransactions(),
            new CacheEntries(),
            new UncompressedResponses(),
            new MissingValidators(),
            new Commands());
    private static final Set<String> METRICS = Stream.of(
                    Metric.HTTP_SERVER_DURATION,
                    Metric.HTTP_SERVER_RESPONSE_SIZE,
                    Metric.HTTP_CLIENT_DURATION,
                    Metric.REQUEST_DB_REPEATED,
                    Metric.REQUEST_DB_REPEATED_WRITES,
                    Metric.REQUEST_DB_OPENED,
                    Metric.DB_DURATION,
                    Metric.QUERY_ROWS,
                    Metric.QUERY_COLUMNS,
                    Metric.QUERY_OFFSET,
                    Metric.TRANSACTION_DURATION,
                    Metric.TRANSACTION_IDLE,
                    Metric.TRANSACTION_REMOTE_TIME,
                    Metric.POOL_CREATE,
                    Metric.POOL_USE,
                    Metric.POOL_WAIT,
                    Metric.POOL_TIMEOUTS,
                    Metric.POOL_LEAKED,
                    Metric.POOL_EXHAUSTED_HELD,
                    Metric.CACHE_TTL,
                    Metric.CACHE_VALUE_SIZE,
                    Metric.CACHE_COLLECTION_SIZE,
                    Metric.POOL_COUNT,
                    Metric.POOL_MAX)
            .map(Metric::metricName)
            .collect(Collectors.toSet());

    private final MetricStore metrics;
    private final Examples examples;
    private final PlanBook plans;
    private final FindingBook book;
    private final InstantSource clock;
    private final Map<String, Checked> services = new ConcurrentHashMap<>();

    /** When a service was checked last; its lock lets one check at a time. */
    private static final class Checked {
        private Instant at = Instant.EPOCH;
    }

    Findings(MetricStore metrics, Examples examples, PlanBook plans, FindingBook book, InstantSource clock) {
        this.metrics = metrics;
        this.examples = examples;
        this.plans = plans;
        this.book = book;
        this.clock = clock;
    }

    /** Those of the service, the largest saving first and what is gone last. */
    public List<Finding> of(String service) {
        check(service, FRESH);
        Comparator<Finding> order = Comparator.comparing(Finding::gone)
                .thenComparing(Comparator.comparingDouble(Findings::saving).reversed())
                .thenComparing(Finding::kind)
                .thenComparing(Finding::subject);
        return book.of(service).stream().sorted(order).toList();
    }

    private static double saving(Finding finding) {
        Double saving = finding.savingMsPerMinute();
        return saving == null ? -1 : saving;
    }

    /** Checks every service that has not just been checked. */
    void checkAll() {
        for (String service : metrics.services()) {
            check(service, FRESH);
        }
    }

    private void check(String service, Duration fresh) {
        Checked checked = services.computeIfAbsent(service, absent -> new Checked());
        synchronized (checked) {
            Instant now = clock.instant();
            if (checked.at.plus(fresh).isAfter(now)) {
                return;
            }
            book.update(service, observe(service, now), now);
            checked.at = now;
        }
    }

    private FindingBook.Check observe(String service, Instant now) {
        Observation observation = observation(service, now);
        Map<String, Found> found = new LinkedHashMap<>();
        for (Found each : apply(observation)) {
            found.putIfAbsent(each.key(), each);
        }
        return new FindingBook.Check(found, observation);
    }

    /** What the rules make of it. */
    static Collection<Found> apply(Observation observation) {
        List<Found> all = new ArrayList<>();
        for (Rule rule : RULES) {
            all.addAll(rule.find(observation));
        }
        return all;
    }

    private Observation observation(String service, Instant now) {
        TimeRange range = TimeRange.upTo(now, WINDOW);
        Reading reading = metrics.read(new Selection(service, METRICS, range, false));
        List<Example> seen = examples.find(ExampleSearch.newest(service, range, MOST_EXAMPLES));
        return new Observation(reading, seen, plans.of(service));
    }
}
