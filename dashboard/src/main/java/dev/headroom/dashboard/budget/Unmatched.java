package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.budget.file.BudgetFile;
import dev.headroom.dashboard.budget.file.Suggestion;
import dev.headroom.dashboard.budget.file.ValuePattern;
import dev.headroom.dashboard.store.Instance;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.Reading;
import dev.headroom.dashboard.store.Selection;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds budgets of the file itself (packs aside) that have matched nothing in any service for a day, and names what they may have meant.
 * Looks once an hour on a thread of its own, for it reads a day of every service.
 */
final class Unmatched implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Unmatched.class);
    private static final Duration DAY = Duration.ofDays(1);
    private static final long FIRST_MINUTES = 2;
    private static final long PAUSE_MINUTES = 60;

    private final MetricStore store;
    private final BudgetBook book;
    private final InstantSource clock;
    private final ScheduledExecutorService thread;

    Unmatched(MetricStore store, BudgetBook book, InstantSource clock) {
        this.store = store;
        this.book = book;
        this.clock = clock;
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread created = new Thread(work, "headroom-unmatched");
            created.setDaemon(true);
            return created;
        });
    }

    void start() {
        ScheduledFuture<?> unused =
                thread.scheduleWithFixedDelay(this::look, FIRST_MINUTES, PAUSE_MINUTES, TimeUnit.MINUTES);
    }

    /** Looks once. */
    void look() {
        BudgetFile file = book.file();
        try {
            List<String> warnings = warnings(file, clock.instant());
            if (file.equals(book.file())) {
                book.unmatched(warnings);
            }
        } catch (RuntimeException e) {
            LOG.warn("What budgets match could not be read; the next try is in an hour", e);
        }
    }

    private List<String> warnings(BudgetFile file, Instant now) {
        List<Check> open = new ArrayList<>();
        for (Check check : Check.all(file)) {
            boolean own = check.budget().place().startsWith(file.name() + ":")
                    && !file.name().startsWith("headroom:");
            if (own && check.source() != null && !check.budget().where().isEmpty()) {
                open.add(check);
            }
        }
        Map<Check, Map<String, Set<String>>> met = new HashMap<>();
        boolean old = false;
        for (String service : open.isEmpty() ? List.<String>of() : store.services()) {
            old |= store.instances(service).stream()
                    .map(Instance::firstReport)
                    .anyMatch(first -> first.isBefore(now.minus(DAY)));
            look(service, open, met, now);
        }
        List<String> warnings = new ArrayList<>();
        for (Check check : old ? open : List.<Check>of()) {
            warnings.add(words(check, met.getOrDefault(check, Map.of())));
        }
        return warnings;
    }

    /** Removes from {@code open} what the service has, and gathers what it has instead. */
    private void look(String service, List<Check> open, Map<Check, Map<String, Set<String>>> met, Instant now) {
        Set<String> metrics = new TreeSet<>();
        for (Check check : open) {
            EventSource source = check.source();
            if (source != null) {
                metrics.add(source.metric().metricName());
            }
        }
        if (metrics.isEmpty()) {
            return;
        }
        Reading reading = store.read(new Selection(
                service, metrics, TimeRange.upTo(now, DAY), open.stream().anyMatch(Check::tellsJvmsApart)));
        Map<String, Instance> instances = new HashMap<>();
        store.instances(service).forEach(instance -> instances.put(instance.instance(), instance));
        open.removeIf(check -> {
            for (SeriesData data : reading.series()) {
                Instance instance = data.instance() == null ? null : instances.get(data.instance());
                Origin origin = new Origin(
                        service,
                        data.instance() == null ? "" : data.instance(),
                        instance == null ? Map.of() : instance.resource());
                if (check.subject(data.key(), origin) != null) {
                    return true;
                }
                gather(check, met.computeIfAbsent(check, any -> new HashMap<>()), data, origin);
            }
            return false;
        });
    }

    private static void gather(Check check, Map<String, Set<String>> met, SeriesData data, Origin origin) {
        EventSource source = check.source();
        if (source == null || !source.accepts(data.key())) {
            return;
        }
        for (String key : check.budget().where().keySet()) {
            String value = check.fact(key, data.key(), origin);
            Set<String> values = met.computeIfAbsent(key, any -> new TreeSet<>());
            if (value != null && values.size() < Tally.MAX_SUBJECTS) {
                values.add(value);
            }
        }
    }

    private static String words(Check check, Map<String, Set<String>> met) {
        StringBuilder words = new StringBuilder(check.budget().id()).append(" has matched nothing for a day:");
        for (Map.Entry<String, ValuePattern> each : check.budget().where().entrySet()) {
            Set<String> values = met.getOrDefault(each.getKey(), Set.of());
            words.append(' ')
                    .append(each.getKey())
                    .append(" \"")
                    .append(each.getValue())
                    .append('"');
            if (values.stream().noneMatch(each.getValue()::matches)) {
                words.append(values.isEmpty() ? " (nothing reports one)." : ".")
                        .append(Suggestion.of(each.getValue().toString(), values));
            }
        }
        return words.toString();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
