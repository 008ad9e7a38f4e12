package dev.headroom.dashboard.incident;

import dev.headroom.dashboard.budget.BudgetFigures;
import dev.headroom.dashboard.budget.BudgetReport;
import dev.headroom.dashboard.budget.BudgetReports;
import dev.headroom.dashboard.store.Incident;
import dev.headroom.dashboard.store.IncidentStore;
import dev.headroom.dashboard.store.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns verdicts into incidents, stores them and tells who listens. Works on one thread of its own, so that neither a slow disk nor a
 * slow listener keeps anybody from judging. An incident that cannot be stored is told all the same, and stored later.
 */
public final class Incidents implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Incidents.class);
    private static final Duration TOLD_AGAIN = Duration.ofDays(1);
    private static final long SAVE_SECONDS = 60;
    /** Verdicts of a busy service come several times a second; alerts think in tens of seconds. */
    private static final Duration APART = Duration.ofSeconds(5);

    private final BudgetReports reports;
    private final BudgetFigures figures;
    private final IncidentStore store;
    private final InstantSource clock;
    private final ScheduledExecutorService thread;
    private final List<IncidentListener> listeners = new CopyOnWriteArrayList<>();
    // Only on the evaluator's thread:
    private final Map<String, Instant> seen = new HashMap<>();
    // Only on the own thread:
    private final AlertBook book;
    private final Map<String, Incident> unsaved = new LinkedHashMap<>();

    /** Reads the incidents that are open; the store may block. */
    public Incidents(BudgetReports reports, BudgetFigures figures, IncidentStore store, InstantSource clock) {
        this.reports = reports;
        this.figures = figures;
        this.store = store;
        this.clock = clock;
        this.book = new AlertBook(store.incidents(null, null, null, true, IncidentStore.MOST), clock.instant());
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread created = new Thread(work, "headroom-incidents");
            created.setDaemon(true);
            return created;
        });
    }

    /** Begins to listen to verdicts. */
    public void start() {
        reports.onEvaluated(this::evaluated);
        ScheduledFuture<?> unused =
                thread.scheduleWithFixedDelay(this::tidy, SAVE_SECONDS, SAVE_SECONDS, TimeUnit.SECONDS);
    }

    /** Tells the listener from now on, and of what it may have missed: see {@link IncidentListener}. */
    public void listen(IncidentListener listener) {
        run(() -> {
            Instant now = clock.instant();
            List<Incident> recent = new ArrayList<>(
                    store.incidents(null, null, TimeRange.upTo(now, TOLD_AGAIN), null, IncidentStore.MOST));
            Collections.reverse(recent);
            recent.forEach(incident -> tell(listener, List.of(incident)));
            listeners.add(listener);
        });
    }

    private void evaluated(List<BudgetReport> all) {
        List<BudgetReport> due = new ArrayList<>();
        for (BudgetReport report : all) {
            Instant last = seen.getOrDefault(report.service(), Instant.EPOCH);
            if (Duration.between(last, report.at()).compareTo(APART) >= 0) {
                seen.put(report.service(), report.at());
                due.add(report);
            }
        }
        if (due.isEmpty()) {
            return;
        }
        Map<String, List<BudgetFigures.Figure>> newest = new HashMap<>();
        for (BudgetFigures.Figure figure : figures.figures()) {
            newest.computeIfAbsent(figure.service(), any -> new ArrayList<>()).add(figure);
        }
        run(() -> due.forEach(report ->
                changed(book.take(Judged.of(report, newest.getOrDefault(report.service(), List.of()))))));
    }

    private void run(Runnable work) {
        try {
            thread.execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException e) {
                    LOG.warn("Incidents could not be brought up to date; the next evaluation tries again", e);
                }
            });
        } catch (RejectedExecutionException closed) {
            LOG.debug("Incidents are closed; an evaluation is left out");
        }
    }

    private void changed(List<Incident> changes) {
        if (changes.isEmpty()) {
            return;
        }
        changes.forEach(incident -> unsaved.put(incident.id(), incident));
        save();
        listeners.forEach(listener -> tell(listener, changes));
    }

    private void save() {
        try {
            store.put(List.copyOf(unsaved.values()));
            unsaved.clear();
        } catch (RuntimeException e) {
            LOG.warn("{} incidents cannot be stored yet: {}", unsaved.size(), e.getMessage());
        }
    }

    private static void tell(IncidentListener listener, List<Incident> changes) {
        try {
            listener.changed(changes);
        } catch (RuntimeException e) {
            LOG.warn(
                    "A listener failed on incidents {}",
                    changes.stream().map(Incident::id).toList(),
                    e);
        }
    }

    private void tidy() {
        run(() -> {
            changed(book.sweep(clock.instant()));
            book.open().forEach(incident -> unsaved.putIfAbsent(incident.id(), incident));
            if (!unsaved.isEmpty()) {
                save();
            }
        });
    }

    /** Waits a little for what was judged last, then stores how the open ones are. */
    @Override
    public void close() {
        tidy();
        thread.shutdown();
        try {
            if (!thread.awaitTermination(30, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            thread.shutdownNow();
        }
    }
}
