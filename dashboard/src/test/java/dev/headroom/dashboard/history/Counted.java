package dev.headroom.dashboard.history;

import dev.headroom.dashboard.budget.Evaluator;
import dev.headroom.dashboard.budget.file.BudgetFileReader;
import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.BudgetSubject;
import dev.headroom.dashboard.store.Point;
import dev.headroom.dashboard.store.Sender;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.Value;
import dev.headroom.dashboard.store.local.SqliteMetricStore;
import dev.headroom.histogram.ExponentialHistogram;
import dev.headroom.histogram.LimitCounts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A service whose events a test counts itself, a store, and the error budgets over it, at a time that is moved by hand. */
final class Counted implements AutoCloseable {
    static final BudgetSubject PETS = new BudgetSubject("shop", "fast", "GET /pets");
    static final String FAST =
            "{ id: fast, signal: http, per: [service, route], measure: p95(duration), target: \"< 100ms\", acceptable: \"<= 1s\" }";
    private static final long[] LIMITS = {99_999_999, 1_000_000_000};

    Instant clock = Instant.parse("2026-11-21T12:00:00Z");
    long all;
    long overTarget;
    long overAcceptable;
    private final Path directory;
    private final Random random = new Random(42);
    private final List<Batch> waiting = new ArrayList<>();
    private long sequence;
    private SqliteMetricStore store;
    private Evaluator evaluator;
    private ErrorBudgets budgets;

    Counted(Path directory, String... lines) {
        this.directory = directory;
        open(lines);
    }

    /** As after a restart: everything that was in memory is gone. */
    void open(String... lines) {
        if (store != null) {
            close();
        }
        store = new SqliteMetricStore(directory, Duration.ofDays(30), 1 << 24, () -> clock);
        String yaml = "version: 1\ndefaults: { warmup: 0s }\nbudgets:\n  - " + String.join("\n  - ", lines) + "\n";
        evaluator =
                new Evaluator(store, new BudgetFileReader(LocalDate.of(2026, 11, 21)).parse("test", yaml), () -> clock);
        budgets = new ErrorBudgets(store, evaluator.history(), store.history(), () -> clock);
        budgets.follow();
    }

    /** Windows of that many seconds, one after the other, until the time has passed; the last few requests at once. */
    void pass(Duration time, int windowSeconds, double bad) {
        Instant end = clock.plus(time);
        while (clock.isBefore(end)) {
            Instant start = clock;
            clock = clock.plusSeconds(windowSeconds);
            waiting.add(window(start, clock, bad, "a", ++sequence));
        }
        send();
    }

    Batch window(Instant start, Instant end, double bad, String jvm, long number) {
        ExponentialHistogram histogram = new ExponentialHistogram();
        long[] counts = new long[LIMITS.length + 1];
        int n = random.nextInt(20);
        for (int i = 0; i < n; i++) {
            double draw = random.nextDouble();
            double seconds = draw < bad / 2 ? 1.0000001 : draw < bad ? 0.1 : 0.09;
            int at = draw < bad / 2 ? 2 : draw < bad ? 1 : 0;
            histogram.record(seconds);
            counts[at]++;
        }
        all += n;
        overTarget += counts[1] + counts[2];
        overAcceptable += counts[2];
        SeriesKey key = new SeriesKey(
                "http.server.request.duration",
                new TreeMap<>(Map.of("http.request.method", "GET", "http.route", "/pets")));
        Point point = new Point(
                key, new Value.Distribution(histogram.snapshot(), new LimitCounts(LIMITS.clone(), counts), 0));
        return new Batch(
                new Sender("shop", jvm, Map.of("service.name", "shop")),
                new Batch.Cursor("m", number),
                start,
                end,
                List.of(point));
    }

    void send(Batch... more) {
        waiting.addAll(List.of(more));
        for (int i = 0; i < waiting.size(); i += 500) {
            store.append(List.copyOf(waiting.subList(i, Math.min(waiting.size(), i + 500))));
        }
        waiting.clear();
    }

    /** One round of work after it was told to stop; returns whether it says that there is more. */
    boolean stopAndWork() {
        budgets.stop();
        return budgets.work();
    }

    /** Works until nothing of the past is left to be worked out. */
    ErrorBudget settle() {
        while (budgets.work()) {
            Thread.onSpinWait();
        }
        return budgets.of(PETS);
    }

    @Override
    public void close() {
        evaluator.close();
        store.close();
    }
}
