package dev.headroom.dashboard.budget;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.budget.file.BudgetFile;
import dev.headroom.dashboard.budget.file.BudgetFileReader;
import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.Point;
import dev.headroom.dashboard.store.Sender;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.Value;
import dev.headroom.dashboard.store.local.SqliteMetricStore;
import dev.headroom.histogram.ExponentialHistogram;
import dev.headroom.histogram.HistogramSnapshot;
import dev.headroom.histogram.LimitCounts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A service with one JVM, a store and an evaluator, at a time that tests move by hand. */
final class Shop implements AutoCloseable {
    private static final Sender SENDER = new Sender("shop", "jvm-1", Map.of("service.name", "shop"));

    Instant clock = Instant.parse("2026-11-21T12:00:00Z");
    private SqliteMetricStore store;
    private final Path directory;
    private Epochs epochs = Epochs.NONE;
    private final List<Point> points = new ArrayList<>();
    private String defaults = "warmup: 0s";
    private String waivers = "";
    private boolean limits = true;
    private long sequence;
    private Evaluator evaluator;

    Shop(Path directory) {
        this.directory = directory;
        store = new SqliteMetricStore(directory, Duration.ofDays(1), 1 << 24, () -> clock);
    }

    Shop keep(Duration time) {
        store.close();
        store = new SqliteMetricStore(directory, time, 1 << 24, () -> clock);
        return this;
    }

    Shop epochs(Epochs known) {
        epochs = known;
        return this;
    }

    Shop defaults(String knobs) {
        defaults = knobs;
        return this;
    }

    Shop waive(String budget) {
        waivers = "waivers: [ { budget: " + budget + ", until: \"2099-12-31\", reason: known } ]\n";
        return this;
    }

    Shop withoutLimits() {
        limits = false;
        return this;
    }

    void budgets(String... budgets) {
        Baselines baselines = new TimeBaselines(
                (service, compare, window) -> new Baselines.Baseline.None("no runs are kept here"), epochs);
        evaluator = new Evaluator(store, file(budgets), baselines, () -> clock);
    }

    /** Other budgets, as after a change of the file. */
    void replace(String... budgets) {
        evaluator.take(file(budgets));
    }

    private BudgetFile file(String... budgets) {
        String yaml = "version: 1\ndefaults: { " + defaults + " }\nbudgets:\n  - " + String.join("\n  - ", budgets)
                + "\n" + waivers;
        BudgetFileReader reader = new BudgetFileReader(LocalDate.of(2026, 11, 21));
        return reader.parse("test", yaml);
    }

    SqliteMetricStore store() {
        return store;
    }

    Evaluator evaluator() {
        return evaluator;
    }

    /** Pairs of how many and how many seconds. */
    Shop durations(Metric metric, Map<String, String> attributes, double... countsAndSeconds) {
        return durations(metric.metricName(), attributes, countsAndSeconds);
    }

    Shop durations(String metric, Map<String, String> attributes, double... countsAndSeconds) {
        ExponentialHistogram histogram = new ExponentialHistogram();
        long[] bounds = {99_999_999, 1_000_000_000, 30_000_000_000L};
        long[] counts = new long[bounds.length + 1];
        for (int i = 0; i < countsAndSeconds.length; i += 2) {
            for (int j = 0; j < countsAndSeconds[i]; j++) {
                histogram.record(countsAndSeconds[i + 1]);
                int at = 0;
                while (at < bounds.length && Math.round(countsAndSeconds[i + 1] * 1e9) > bounds[at]) {
                    at++;
                }
                counts[at]++;
            }
        }
        LimitCounts exact = limits ? new LimitCounts(bounds, counts) : LimitCounts.NONE;
        return add(metric, attributes, new Value.Distribution(histogram.snapshot(), exact, 0));
    }

    /** Calls that the agent counted while it read no clock. */
    Shop untimed(Metric metric, Map<String, String> attributes, long calls) {
        return add(
                metric.metricName(),
                attributes,
                new Value.Distribution(HistogramSnapshot.EMPTY, LimitCounts.NONE, 0, calls));
    }

    Shop sum(Metric metric, Map<String, String> attributes, double amount) {
        return sum(metric.metricName(), attributes, amount);
    }

    Shop sum(String metric, Map<String, String> attributes, double amount) {
        return add(metric, attributes, new Value.Sum(amount));
    }

    Shop gauge(Metric metric, Map<String, String> attributes, double reading) {
        return gauge(metric.metricName(), attributes, reading);
    }

    Shop gauge(String metric, Map<String, String> attributes, double reading) {
        return add(metric, attributes, Value.Gauge.of(reading));
    }

    private Shop add(String metric, Map<String, String> attributes, Value value) {
        points.add(new Point(new SeriesKey(metric, new TreeMap<>(attributes)), value));
        return this;
    }

    /** Sends what was gathered as the window that ends five seconds on. */
    Shop next() {
        Instant start = clock;
        clock = clock.plusSeconds(5);
        sequence++;
        Batch batch = new Batch(SENDER, new Batch.Cursor("m", sequence), start, clock, List.copyOf(points));
        store.append(List.of(batch));
        evaluator.observe(batch);
        evaluator.count(batch);
        points.clear();
        return this;
    }

    /** Sends what was gathered, then lets time pass. */
    Shop pass(Duration time) {
        next();
        clock = clock.plus(time);
        return this;
    }

    Shop judge() {
        if (!points.isEmpty()) {
            next();
        }
        evaluator.evaluate(List.of("shop"));
        return this;
    }

    BudgetReport report() {
        return evaluator.of("shop");
    }

    BudgetStatus only() {
        List<BudgetStatus> items = report().items();
        if (items.size() != 1) {
            throw new AssertionError("Expected one verdict, found " + items);
        }
        return items.get(0);
    }

    BudgetStatus item(String budget) {
        return status(budget);
    }

    BudgetStatus status(String budget) {
        return report().items().stream()
                .filter(each -> each.id().equals(budget))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No verdict of " + budget + " in " + report().items()));
    }

    @Override
    public void close() {
        evaluator.close();
        store.close();
    }
}
