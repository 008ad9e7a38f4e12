package dev.headroom.junit;

import dev.headroom.dashboard.budget.ScopeRun;
import dev.headroom.dashboard.ingest.LocalWindow;
import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.Point;
import dev.headroom.dashboard.store.Value;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The scopes of one test. The agent's windows are closed at every begin and end, so each call belongs to the scopes that were open
 * when it ended, to the unit. What that takes is in no scope's time.
 *
 * <p>The agent counts for the whole JVM: one recording is open at a time, and its scopes begin and end on the thread that opened it.
 */
final class Recording {
    private static final Object CHANGING = new Object();
    private static volatile @Nullable Recording current;

    private final LocalAgent agent;
    private final Thread owner = Thread.currentThread();
    private final Deque<OpenScope> open = new ArrayDeque<>();
    private final Map<String, List<RecordedRun>> ended = new LinkedHashMap<>();

    private static final class OpenScope {
        final String name;
        final List<Point> points = new ArrayList<>();
        final Map<String, Map<String, Long>> callers = new HashMap<>();
        long startNanos;
        long notCountedNanos;

        OpenScope(String name) {
            this.name = name;
        }
    }

    private Recording(LocalAgent agent) {
        this.agent = agent;
    }

    /** The recording of the test that runs now, or null. */
    static @Nullable Recording current() {
        return current;
    }

    /** @throws IllegalStateException while another test is recorded */
    static Recording start(LocalAgent agent, String firstScope) {
        synchronized (CHANGING) {
            Recording other = current;
            if (other != null) {
                OpenScope otherScope = other.open.peekLast();
                throw new IllegalStateException("Scope " + firstScope + " begins on thread "
                        + Thread.currentThread().getName() + " while "
                        + (otherScope == null ? "another scope" : otherScope.name) + " is open on thread "
                        + other.owner.getName()
                        + ". Headroom counts what happens in the whole JVM, so that one scope at a time"
                        + " is exact: annotate both tests with @PerformanceBudget, which keeps them apart, or run them on one"
                        + " thread");
            }
            Recording started = new Recording(agent);
            current = started;
            return started;
        }
    }

    /** Lets others be recorded. */
    void stop() {
        synchronized (CHANGING) {
            if (current == this) {
                current = null;
            }
        }
    }

    /** What its scopes did, by name, those that ended first first. Runs that failed are left out. */
    Map<String, List<RecordedRun>> ended() {
        return ended;
    }

    /** What ended so far was for warming up. */
    void forget() {
        ended.clear();
    }

    /** @throws IllegalStateException on another thread than the one that started the recording */
    void begin(String name) {
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException("Scope " + name + " begins on thread "
                    + Thread.currentThread().getName() + " while the test's own scope is open on thread "
                    + owner.getName()
                    + ". Headroom counts what happens in the whole JVM, so that scopes beside each other"
                    + " cannot be told apart: open one scope around the threads instead");
        }
        OpenScope scope = new OpenScope(name);
        long begun = System.nanoTime();
        drain();
        open.addLast(scope);
        scope.startNanos = System.nanoTime();
        notCounted(scope, scope.startNanos - begun);
    }

    /** @param whole whether the innermost scope ran to its end and counts */
    void end(boolean whole) {
        long endNanos = System.nanoTime();
        drain();
        OpenScope scope = open.removeLast();
        if (whole) {
            long nanos = endNanos - scope.startNanos - scope.notCountedNanos;
            ended.computeIfAbsent(scope.name, any -> new ArrayList<>())
                    .add(new RecordedRun(new ScopeRun(nanos, scope.points), scope.callers));
        }
        notCounted(scope, System.nanoTime() - endNanos);
    }

    /** What the tool itself took is taken off the time of the scopes around. */
    private void notCounted(OpenScope except, long nanos) {
        for (OpenScope each : open) {
            if (each != except) {
                each.notCountedNanos += nanos;
            }
        }
    }

    private void drain() {
        byte[] window = agent.window();
        Map<String, Map<String, Long>> callers = agent.callers();
        if (open.isEmpty()) {
            return;
        }
        List<Point> points = new ArrayList<>();
        for (Batch batch : LocalWindow.read(window, Instant.now())) {
            for (Point point : batch.points()) {
                if (!(point.value() instanceof Value.Gauge)) {
                    points.add(point);
                }
            }
        }
        for (OpenScope scope : open) {
            scope.points.addAll(points);
            callers.forEach((statement, places) -> places.forEach((place, runs) -> scope.callers
                    .computeIfAbsent(statement, any -> new HashMap<>())
                    .merge(place, runs, Long::sum)));
        }
    }
}
