package dev.headroom.dashboard.compare;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.store.Instance;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.Reading;
import dev.headroom.dashboard.store.Selection;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.TimeRange;
import dev.headroom.dashboard.store.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Holds one stretch of a service's time against another. A difference counts as one only when three things hold: it is large enough
 * to act on, the intervals that hold the true values with 99.9 % confidence do not touch, and the slices of one side rank so far from
 * those of the other that chance would do it once in 200 times. The last is the guard against noise that comes and goes, such as
 * a busy machine: calls of one moment are slow together, and a thousand of them say no more than one moment does. Sides with fewer
 * than six slices cannot be ranked; there the intervals decide alone, and whoever shows it says so.
 *
 * <p>Each side is one reading of the store. Thread-safe; blocks on the store.
 */
@Component
public class Comparing {
    private static final int SLICES = 12;
    private static final long[] STEPS_MILLIS = {5_000, 10_000, 60_000, 600_000};
    private static final String VERSION = "service.version";

    private final MetricStore store;

    public Comparing(MetricStore store) {
        this.store = store;
    }

    public Comparison compare(String service, Side before, Side after) {
        Read first = read(service, before);
        Read second = read(service, after);
        Set<OperationName> names = new LinkedHashSet<>(second.operations.keySet());
        names.addAll(first.operations.keySet());
        List<Compared> rows = new ArrayList<>();
        for (OperationName name : names) {
            rows.add(row(name, first, second));
        }
        rows.sort(Comparator.comparing(Compared::direction)
                .thenComparingDouble(row -> -Math.abs(row.costPerSecond()))
                .thenComparing(Compared::name));
        return new Comparison(
                service,
                new Side(before.asked(), before.words(), first.range, before.version()),
                new Side(after.asked(), after.words(), second.range, after.version()),
                first.reported,
                second.reported,
                rows);
    }

    /** @param reported slices in which anything was reported */
    private record Read(
            TimeRange range,
            int reported,
            Map<OperationName, Performance> operations,
            Map<OperationName, String> texts) {}

    private Read read(String service, Side side) {
        long step = step(side.range().length().toMillis() / SLICES);
        TimeRange range = aligned(side.range(), step, side.asked().startsWith("after:"));
        boolean apart = side.version() != null;
        List<Reading> slices =
                store.slices(new Selection(service, OperationName.METRICS, range, apart), Duration.ofMillis(step));
        Set<String> instances = apart ? instances(service, side.version()) : Set.of();
        Map<OperationName, Performance> operations = new HashMap<>();
        Map<OperationName, String> texts = new LinkedHashMap<>();
        int reported = 0;
        for (int i = 0; i < slices.size(); i++) {
            reported += slices.get(i).windows() > 0 ? 1 : 0;
            for (SeriesData series : slices.get(i).series()) {
                OperationName name = OperationName.of(series.key());
                if (name != null && (!apart || instances.contains(series.instance()))) {
                    texts.putIfAbsent(name, name.text(series.key()));
                    Performance into = operations.computeIfAbsent(name, absent -> new Performance(slices.size()));
                    add(into, i, series);
                }
            }
        }
        return new Read(range, reported, operations, texts);
    }

    private static void add(Performance into, int slice, SeriesData series) {
        SeriesKey key = series.key();
        if (series.value() instanceof Value.Sum sum && key.is(Metric.CACHE_GETS)) {
            into.addLookups(slice, sum.amount(), "hit".equals(key.get(Attribute.CACHE_RESULT)));
        } else if (series.value() instanceof Value.Distribution distribution) {
            if (key.is(Metric.REQUEST_DB_CALLS)) {
                into.addStatements(slice, distribution);
            } else {
                into.addTimes(slice, distribution, failed(key));
            }
        }
    }

    private static boolean failed(SeriesKey key) {
        boolean served = key.is(Metric.HTTP_SERVER_DURATION);
        String status = key.get(Attribute.HTTP_STATUS, "");
        return key.get(Attribute.ERROR_TYPE) != null || (served && status.startsWith("5"));
    }

    private Set<String> instances(String service, @Nullable String version) {
        Set<String> instances = new HashSet<>();
        for (Instance instance : store.instances(service)) {
            if (version != null && version.equals(instance.resource().get(VERSION))) {
                instances.add(instance.instance());
            }
        }
        return instances;
    }

    /** Slices that the store's cells divide, at least {@link #SLICES} of them where the side is long enough. */
    private static long step(long wishedMillis) {
        long cell = STEPS_MILLIS[0];
        for (long longer : STEPS_MILLIS) {
            cell = wishedMillis >= longer ? longer : cell;
        }
        return Math.max(1, wishedMillis / cell) * cell;
    }

    /**
     * Whole slices within the range, one at least; what is left over is cut off where it is farther from the change.
     *
     * @param start whether the change is at the range's start
     */
    private static TimeRange aligned(TimeRange range, long step, boolean start) {
        long cell = step % STEPS_MILLIS[1] == 0 ? STEPS_MILLIS[1] : STEPS_MILLIS[0];
        long from = (range.from().toEpochMilli() + cell - 1) / cell * cell;
        long to = range.to().toEpochMilli() / cell * cell;
        long length = Math.max(1, (to - from) / step) * step;
        return start
                ? new TimeRange(Instant.ofEpochMilli(from), Instant.ofEpochMilli(from + length))
                : new TimeRange(Instant.ofEpochMilli(to - length), Instant.ofEpochMilli(to));
    }

    private static Compared row(OperationName name, Read first, Read second) {
        Performance before = first.operations.getOrDefault(name, new Performance(0));
        Performance after = second.operations.getOrDefault(name, new Performance(0));
        Measured median = Measured.quantile(before, after, 0.50);
        Measured p95 = Measured.quantile(before, after, 0.95);
        Measured errors = Measured.errors(before, after);
        Measured statements = Measured.statements(before, after);
        Measured hitRatio = Measured.hitRatio(before, after);
        Direction direction = median.direction()
                .and(p95.direction())
                .and(errors.direction())
                .and(statements == null ? Direction.NO_EVIDENCE : statements.direction())
                .and(hitRatio == null ? Direction.NO_EVIDENCE : hitRatio.direction());
        if (before.calls() == 0 && after.calls() > 0) {
            direction = Direction.NEW;
        } else if (after.calls() == 0) {
            direction = Direction.GONE;
        }
        String text = second.texts.getOrDefault(name, first.texts.getOrDefault(name, name.id()));
        return new Compared(
                name.kind(),
                name.id(),
                text,
                direction,
                before.calls(),
                after.calls(),
                before.calls() / first.range.seconds(),
                after.calls() / second.range.seconds(),
                after.seconds() / second.range.seconds() - before.seconds() / first.range.seconds(),
                median,
                p95,
                errors,
                statements,
                hitRatio,
                before.total(),
                after.total());
    }
}
