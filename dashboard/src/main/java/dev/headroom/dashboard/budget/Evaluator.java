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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
    private final Baselines baselines;
    private final LimitsBook limits;
    private final ScheduledExecutorService thread;
    private final List<Consumer<List<BudgetReport>>> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, Map<String, Instant>> ends = new ConcurrentHashMap<>();
    private final Map<String, WarmingParts> warmingParts = new ConcurrentHashMap<>();
    private final Set<String> dirty = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final Map<String, BudgetReport> reports = new ConcurrentSkipListMap<>();
    private final Map<String, List<Figure>> figures = new ConcurrentHashMap<>();
    private final EventCounters counters;
    // Only on the evaluator's thread:
    private final Map<String, ServiceEvaluation> evaluations = new HashMap<>();
    private volatile List<Check> checks;
    private volatile Runnable beforeEach = () -> {};
    private ReportWriter writer;
    private long lastMillis;

    public Evaluator(MetricStore store, BudgetFile file, InstantSource clock) {
        this(store, file, new TimeBaselines(), clock);
    }

    /** @param baselines what budgets with {@code compare} are compared with */
    public Evaluator(MetricStore store, BudgetFile file, Baselines baselines, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        this.baselines = baselines;
        this.checks = Check.all(file);
        this.limits = new LimitsBook(checks);
        this.counters = new EventCounters(checks);
        this.writer = new ReportWriter(new Precedence(checks), file.waivers());
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread created = new Thread(work, "headroom-evaluator");
            created.setDaemon(true);
            return created;
        });
    }

    /** Before each service is judged, on the evaluator's thread; may wait. */
    void beforeEach(Runnable work) {
        beforeEach = work;
    }

    /** Begins to evaluate. */
    public void start() {
        store.onStored(this::stored);
        thread.execute(this::tick);
    }

    /** The same budgets, applied to stored time. */
    public EventHistory history() {
        return new EventHistory(store, () -> checks);
    }

    /** What is behind a verdict of these budgets. */
    public BudgetInquiry inquiry() {
        return new BudgetInquiry(store, () -> checks);
    }

    /**
     * Judges by another file from now on. Reports stay until they are judged again, at once; counters and what was seen stay where
     * the same events are judged against the same limits.
     */
    public void replace(BudgetFile file) {
        try {
            thread.execute(() -> {
                take(file);
                evaluate(List.copyOf(reports.keySet()));
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("The evaluator is closed; {} is not taken", file.name());
        }
    }

    /** {@link #replace} without judging, on the caller's thread: for the evaluator's own and for tests that never start it. */
    void take(BudgetFile file) {
        Map<String, Check> before = new HashMap<>();
        checks.forEach(check -> before.put(check.budget().id(), check));
        checks = Check.all(file);
        Map<Check, Check> sameCounts = new HashMap<>();
        Map<Check, Check> sameSubjects = new HashMap<>();
        for (Check check : checks) {
            Check old = before.get(check.budget().id());
            if (old != null && check.sameSubjects(old)) {
                sameSubjects.put(check, old);
                if (check.sameCounts(old)) {
                    sameCounts.put(check, old);
                }
            }
        }
        counters.replace(checks, sameCounts);
        writer = new ReportWriter(new Precedence(checks), file.waivers());
        evaluations.replaceAll((service, evaluation) -> evaluation.with(checks, sameSubjects));
        limits.replace(checks);
        evaluations.forEach((service, evaluation) -> limits.update(service, evaluation::hasSeen));
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

    /** Counts the batch's events once for every budget that selects them. */
    void count(Batch batch) {
        counters.add(batch);
    }

    private WarmingParts warmingParts(String service) {
        return warmingParts.computeIfAbsent(service, any -> new WarmingParts());
    }

    private void stored(Batch batch) {
        observe(batch);
        warmingParts(batch.sender().service()).arrived(batch);
        count(batch);
        dirty.add(batch.sender().service());
        if (scheduled.compareAndSet(false, true)) {
            // Senders that flush at the same moment are judged together, and of a core judging takes at most a tenth.
            long pause = Math.min(TICK.toMillis(), Math.max(SETTLE_MILLIS, 9 * lastMillis));
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
                Duration pause = newestEnd(service).isBefore(now.minus(QUIET)) ? Duration.ofMinutes(1) : TICK;
                if (last == null || !last.at().isAfter(now.minus(pause))) {
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
        long nanos = 0;
        for (String service : names) {
            beforeEach.run();
            long begin = System.nanoTime();
            try {
                evaluate(service);
            } catch (RuntimeException e) {
                LOG.warn("The budgets of {} cannot be judged; the last verdicts stay until the next try", service, e);
            }
            nanos += System.nanoTime() - begin;
        }
        lastMillis = nanos / 1_000_000;
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
        ServiceEvaluation evaluation = evaluations.computeIfAbsent(
                service, name -> new ServiceEvaluation(name, store, checks, baselines, warmingParts(name)));
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
