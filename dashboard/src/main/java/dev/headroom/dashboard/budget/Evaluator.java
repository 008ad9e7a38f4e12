package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.budget.file.BudgetFile;
import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.Instance;
import dev.headroom.dashboard.store.MetricStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges all budgets of all services: every ten seconds, and a moment after new data. Evaluations run on one thread of its own;
 * the newest reports can be read from any.
 *
 * <p>Windows end at the newest boundary of five seconds that every live JVM of the service has reported, or 20 seconds ago where
 * none does.
 */
public final class Evaluator implements BudgetReports, BudgetFigures, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Evaluator.class);
    private static final Duration TICK = Duration.ofSeconds(10);
    private static final Duration LATEST = Duration.ofSeconds(20);
    private static final Duration QUIET = Duration.ofMinutes(10);
    private static final long BOUNDARY_SECONDS = 5;
    private static final long SETTLE_MILLIS = 250;

    private final MetricStore store;
    private final InstantSource clock;
    private final List<Check> checks = new ArrayList<>();
    private final LimitsBook limits;
    private final ReportWriter writer;
    private final ScheduledExecutorService thread;
    private final List<Consumer<List<BudgetReport>>> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, Map<String, Instant>> ends = new ConcurrentHashMap<>();
    private final Set<String> dirty = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final Map<String, BudgetReport> reports = new ConcurrentSkipListMap<>();
    private final Map<String, List<Figure>> figures = new ConcurrentHashMap<>();
    private final EventCounters counters;
    private final Queue<Batch> uncounted = new ConcurrentLinkedQueue<>();
    // Only on the evaluator's thread:
    private final Map<String, ServiceEvaluation> evaluations = new HashMap<>();
    private long lastMillis;

    public Evaluator(MetricStore store, BudgetFile file, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        Facts facts = new Facts(file.classes());
        file.budgets().forEach(budget -> checks.add(new Check(budget, facts)));
        this.limits = new LimitsBook(checks);
        this.counters = new EventCounters(checks);
        this.writer = new ReportWriter(new Precedence(checks), file.waivers());
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread created = new Thread(work, "headroom-evaluator");
            created.setDaemon(true);
            return created;
        });
    }

    /** Begins to evaluate. */
    public void start() {
        store.onStored(this::stored);
        thread.execute(this::tick);
    }

    /** The limits that agents should count at. */
    public LimitsBook limits() {
        return limits;
    }

    /** Learns how far the sender has reported. */
    void observe(Batch batch) {
        ends.computeIfAbsent(batch.sender().service(), any -> new ConcurrentHashMap<>())
                .merge(batch.sender().instance(), batch.end(), (a, b) -> a.isAfter(b) ? a : b);
    }

    private void stored(Batch batch) {
        observe(batch);
        uncounted.add(batch);
        dirty.add(batch.sender().service());
        if (scheduled.compareAndSet(false, true)) {
            // Senders that flush at the same moment are judged together; a slow store is not asked more than a third of
            // the time.
            long pause = Math.max(SETTLE_MILLIS, 2 * lastMillis);
            later(this::evaluateDirty, pause);
        }
    }

    private void later(Runnable work, long millis) {
        try {
            ScheduledFuture<?> unused = thread.schedule(work, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("The evaluator is closed; {} is not judged again", dirty);
        }
    }

    private void tick() {
        evaluateAll();
        later(this::tick, TICK.toMillis());
    }

    private void evaluateDirty() {
        scheduled.set(false);
        for (Batch batch = uncounted.poll(); batch != null; batch = uncounted.poll()) {
            counters.add(batch);
        }
        List<String> changed = List.copyOf(dirty);
        changed.forEach(dirty::remove);
        evaluate(changed);
    }

    private void evaluateAll() {
        Instant now = clock.instant();
        List<String> due = new ArrayList<>();
        try {
            for (String service : store.services()) {
                BudgetReport last = reports.get(service);
                boolean quiet = newestEnd(service).isBefore(now.minus(QUIET));
                if (last == null || !quiet || last.at().isBefore(now.minus(Duration.ofMinutes(1)))) {
                    due.add(service);
                }
            }
        } catch (RuntimeException e) {
            LOG.warn("The list of services cannot be read; verdicts stay as they are until the next try", e);
        }
        evaluate(due);
    }

    /** Judges these services now, on the caller's thread: for the evaluator's own thread and for tests that never start it. */
    void evaluate(List<String> names) {
        if (names.isEmpty()) {
            return;
        }
        long begin = System.nanoTime();
        for (String service : names) {
            try {
                evaluate(service);
            } catch (RuntimeException e) {
                LOG.warn("The budgets of {} cannot be judged; the last verdicts stay until the next try", service, e);
            }
        }
        lastMillis = (System.nanoTime() - begin) / 1_000_000;
        List<BudgetReport> all = all();
        for (Consumer<List<BudgetReport>> listener : listeners) {
            tell(listener, all);
        }
    }

    private static void tell(Consumer<List<BudgetReport>> listener, List<BudgetReport> all) {
        try {
            listener.accept(all);
        } catch (RuntimeException e) {
            LOG.warn("A listener of the verdicts failed", e);
        }
    }

    private void evaluate(String service) {
        ServiceEvaluation evaluation =
                evaluations.computeIfAbsent(service, name -> new ServiceEvaluation(name, store, checks));
        Instant now = clock.instant();
        ReportWriter.Written written = writer.write(service, now, evaluation.evaluate(end(service, now), now));
        limits.update(service, evaluation::hasSeen);
        figures.put(service, written.figures());
        reports.put(service, written.report());
    }

    /** The newest boundary that every live JVM has reported. */
    private Instant end(String service, Instant now) {
        Instant latest = floor(now.minus(LATEST));
        Instant earliest = null;
        for (Instant end : endsOf(service).values()) {
            boolean live = end.isAfter(latest);
            if (live && (earliest == null || end.isBefore(earliest))) {
                earliest = end;
            }
        }
        return earliest == null ? latest : floor(earliest);
    }

    private static Instant floor(Instant time) {
        return Instant.ofEpochSecond(time.getEpochSecond() / BOUNDARY_SECONDS * BOUNDARY_SECONDS);
    }

    private Instant newestEnd(String service) {
        return endsOf(service).values().stream().max(Instant::compareTo).orElse(Instant.MIN);
    }

    private Map<String, Instant> endsOf(String service) {
        return ends.computeIfAbsent(service, name -> {
            Map<String, Instant> known = new ConcurrentHashMap<>();
            for (Instance instance : store.instances(name)) {
                known.put(instance.instance(), instance.lastReport());
            }
            return known;
        });
    }

    @Override
    public BudgetReport of(String service) {
        BudgetReport report = reports.get(service);
        return report != null ? report : new BudgetReport(service, Verdict.NO_DATA, clock.instant(), List.of());
    }

    @Override
    public List<BudgetReport> all() {
        return List.copyOf(reports.values());
    }

    @Override
    public List<Figure> figures() {
        return figures.values().stream().flatMap(List::stream).toList();
    }

    @Override
    public List<Events> events() {
        return counters.events();
    }

    @Override
    public List<String> services() {
        return List.copyOf(reports.keySet());
    }

    @Override
    public void onEvaluated(Consumer<List<BudgetReport>> listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
