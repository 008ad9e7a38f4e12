package dev.headroom.dashboard.live;

import dev.headroom.dashboard.page.Activity;
import dev.headroom.dashboard.page.live.LivePage;
import dev.headroom.dashboard.page.live.TailRow;
import dev.headroom.dashboard.page.live.Tile;
import dev.headroom.dashboard.store.Batch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is known of one service in this moment: the last five seconds of each of its JVMs. Not thread-safe. */
final class LiveService {
    /** A JVM whose newest window is older belongs to the past. */
    private static final Duration CURRENT = Duration.ofSeconds(15);

    /** What a tile tells of: one window, or several of an agent that was asked for shorter ones. */
    private static final Duration SPAN = Duration.ofSeconds(5);

    private static final int SPARK = 60;

    private final String service;
    private final Map<String, ArrayDeque<Window>> newest = new HashMap<>();
    private final ArrayDeque<Double> rates = new ArrayDeque<>();
    private final ArrayDeque<Double> p95s = new ArrayDeque<>();
    private final List<Batch> arrived = new ArrayList<>();
    private Instant drawn = Instant.EPOCH;

    /** A JVM's window, added up once: a thousand of them are put together every second. */
    private record Window(Instant end, double seconds, Activity activity) {
        static Window of(Batch batch) {
            Activity activity = new Activity();
            batch.points().forEach(point -> activity.addTotals(point.key(), point.value()));
            double seconds = Duration.between(batch.start(), batch.end()).toMillis() / 1000.0;
            return new Window(batch.end(), seconds, activity);
        }
    }

    LiveService(String service) {
        this.service = service;
        for (int i = 0; i < SPARK; i++) {
            rates.addLast(Double.NaN);
            p95s.addLast(Double.NaN);
        }
    }

    /** @param watched whether somebody will ask for its slowest operations */
    void add(Batch batch, boolean watched) {
        ArrayDeque<Window> windows = newest.computeIfAbsent(batch.sender().instance(), absent -> new ArrayDeque<>());
        if (windows.isEmpty() || windows.getLast().end.isBefore(batch.end())) {
            windows.addLast(Window.of(batch));
            Instant since = batch.end().minus(SPAN);
            windows.removeIf(window -> !window.end.isAfter(since));
        }
        if (watched) {
            arrived.add(batch);
        }
    }

    /** The service now; every call with news from the next five seconds lengthens its lines. */
    Tile tile() {
        Instant end = newest.values().stream()
                .map(windows -> windows.getLast().end)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
        newest.values().removeIf(windows -> windows.getLast().end.isBefore(end.minus(CURRENT)));
        Activity together = new Activity();
        double rate = 0;
        for (ArrayDeque<Window> windows : newest.values()) {
            long count = 0;
            double seconds = 0;
            for (Window window : windows) {
                together.addTotals(window.activity);
                count += window.activity.count();
                seconds += window.seconds;
            }
            rate += seconds <= 0 ? 0 : count / seconds;
        }
        if (cell(drawn) == cell(end)) {
            // Another JVM's share of the time that is drawn already, or a later part of it.
            rates.pollLast();
            p95s.pollLast();
        }
        drawn = end;
        rates.addLast(rate);
        p95s.addLast(together.quantileMs(0.95));
        while (rates.size() > SPARK) {
            rates.removeFirst();
            p95s.removeFirst();
        }
        return Tile.of(service, together, rate, List.copyOf(rates), List.copyOf(p95s));
    }

    private static long cell(Instant end) {
        return Math.floorDiv(end.toEpochMilli() - 1, SPAN.toMillis());
    }

    /** The slowest operations of what arrived since the last call. */
    List<TailRow> tail() {
        Activity activity = new Activity();
        Instant end = Instant.EPOCH;
        for (Batch batch : arrived) {
            batch.points().forEach(point -> activity.add(point.key(), point.value()));
            end = batch.end().isAfter(end) ? batch.end() : end;
        }
        arrived.clear();
        Instant at = end;
        return activity.slowest(LivePage.ROWS).stream()
                .map(row -> TailRow.of(at, service, row))
                .toList();
    }

    /** When the newest window ended. */
    Instant end() {
        return drawn;
    }
}
