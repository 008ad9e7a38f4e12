package dev.headroom.dashboard.store.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.Point;
import dev.headroom.dashboard.store.Reading;
import dev.headroom.dashboard.store.Selection;
import dev.headroom.dashboard.store.Sender;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.TimeRange;
import dev.headroom.dashboard.store.Value;
import dev.headroom.histogram.ExponentialHistogram;
import dev.headroom.histogram.HistogramSnapshot;
import dev.headroom.histogram.LimitCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random histories against a list of what was stored: windows that come late, merged or across cells, restarts, raw files that end,
 * roll-ups that are interrupted between the tiers' commit and the raw file's. Every range must give what the list gives, to the unit.
 */
class RolledUpTest {
    private static final Instant T0 = Instant.parse("2026-11-21T04:53:20Z");
    private static final String SERVICE = "shop";
    private static final SeriesKey CALLS = key("http.server.request.duration", "http.route", "/x");
    private static final SeriesKey OTHER = key("http.server.request.duration", "http.route", "/y");
    private static final SeriesKey GETS = key("cache.gets", "cache", "c");
    private static final SeriesKey HEAP = key("jvm.memory.used", "jvm.memory.type", "heap");

    @TempDir
    Path directory;

    private final MovingClock clock = new MovingClock(T0);
    private final List<Batch> stored = new ArrayList<>();
    private final Map<String, Deque<Batch>> waiting = new TreeMap<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private final Map<String, Instant> reached = new HashMap<>();
    private Random random = new Random();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void everyRangeGivesWhatWasStored(long seed) throws IOException {
        random = new Random(seed);
        for (String instance : List.of("a", "b", "c", "stock")) {
            waiting.put(instance, new ArrayDeque<>());
            sequences.put(instance, 0L);
            reached.put(instance, T0);
        }
        SqliteMetricStore store = open();
        try {
            for (int round = 0; round < 24; round++) {
                String step = "seed " + seed + ", round " + round;
                clock.move(passing());
                report();
                store.append(sent());
                switch (random.nextInt(6)) {
                    case 0 -> {
                        store.close();
                        store = open();
                    }
                    case 1 -> store.rollUp(random.nextInt(5));
                    case 2 -> store.rollUpAll();
                    case 3 -> store = interrupted(store);
                    default -> {}
                }
                for (int i = 0; i < 5; i++) {
                    check(store, step);
                }
            }
            store.rollUpAll();
            for (int i = 0; i < 60; i++) {
                check(store, "seed " + seed + ", at the end");
            }
        } finally {
            store.close();
        }
    }

    private SqliteMetricStore open() {
        // Some heads fit into the memory, not all.
        return new SqliteMetricStore(directory, Duration.ofDays(30), random.nextInt(3) * 20_000L, clock);
    }

    private Duration passing() {
        return switch (random.nextInt(12)) {
            case 0 -> Duration.ofMinutes(31);
            case 1 -> Duration.ofHours(1 + random.nextInt(12));
            case 2, 3, 4 -> Duration.ofMinutes(1 + random.nextInt(9));
            default -> Duration.ofSeconds(1 + random.nextInt(90));
        };
    }

    /** What instances did meanwhile, in windows of five seconds, some merged, with pauses. */
    private void report() {
        reached.replaceAll((instance, from) -> {
            Instant at = from;
            Instant now = clock.instant();
            if (Duration.between(at, now).toMinutes() > 20) {
                at = grid(now.minusSeconds(random.nextInt(1_200)));
            }
            for (int i = 0; i < 60; i++) {
                long cells = random.nextInt(6) == 0 ? 1 + random.nextInt(random.nextInt(8) == 0 ? 400 : 20) : 1;
                Instant end = at.plusSeconds(5 * cells);
                if (end.isAfter(now)) {
                    break;
                }
                if (random.nextInt(4) > 0) {
                    waiting.get(instance).add(window(instance, at, end));
                }
                at = end;
            }
            return at;
        });
    }

    private static Instant grid(Instant time) {
        return Instant.ofEpochSecond(time.getEpochSecond() / 5 * 5);
    }

    private Batch window(String instance, Instant start, Instant end) {
        List<Point> points = new ArrayList<>();
        points.add(new Point(CALLS, calls()));
        if (random.nextBoolean()) {
            points.add(new Point(OTHER, calls()));
        }
        if (random.nextBoolean()) {
            points.add(new Point(GETS, new Value.Sum(random.nextInt(1_000))));
        }
        if (random.nextBoolean()) {
            points.add(new Point(HEAP, Value.Gauge.of(random.nextInt(1_000))));
        }
        Sender sender = new Sender(SERVICE, instance, Map.of("service.instance.id", instance));
        Batch.Cursor cursor =
                instance.equals("stock") ? null : new Batch.Cursor("m", sequences.merge(instance, 1L, Long::sum));
        return new Batch(sender, cursor, start, end, points);
    }

    private Value calls() {
        int untimed = random.nextInt(4) == 0 ? random.nextInt(50) : 0;
        ExponentialHistogram histogram = new ExponentialHistogram();
        int count = random.nextInt(5);
        long slow = 0;
        for (int i = 0; i < count; i++) {
            // Powers of two add up without rounding, in any order.
            double seconds = Math.scalb(1.0, random.nextInt(24) - 16);
            histogram.record(seconds);
            slow += seconds > 0.1 ? 1 : 0;
        }
        LimitCounts limits = count == 0
                ? LimitCounts.NONE
                : new LimitCounts(new long[] {100_000_000}, new long[] {count - slow, slow});
        return new Value.Distribution(count == 0 ? HistogramSnapshot.EMPTY : histogram.snapshot(), limits, 0, untimed);
    }

    /** Each instance sends some of what waits, in order; one that is cut off for long sends it hours later. */
    private List<Batch> sent() {
        List<Batch> batches = new ArrayList<>();
        waiting.forEach((instance, queue) -> {
            int most = random.nextInt(3) == 0 ? 0 : random.nextInt(200);
            for (int i = 0; i < most && !queue.isEmpty(); i++) {
                batches.add(queue.remove());
            }
        });
        Map<String, Deque<Batch>> byInstance = new TreeMap<>();
        batches.forEach(batch -> byInstance
                .computeIfAbsent(batch.sender().instance(), absent -> new ArrayDeque<>())
                .add(batch));
        List<Batch> mixed = new ArrayList<>();
        List<String> order = new ArrayList<>();
        batches.forEach(batch -> order.add(batch.sender().instance()));
        Collections.shuffle(order, random);
        order.forEach(instance -> mixed.add(byInstance.get(instance).remove()));
        stored.addAll(mixed);
        return mixed;
    }

    /** As after a crash that came when the tiers had been written and the raw file did not say so yet. */
    private SqliteMetricStore interrupted(SqliteMetricStore store) throws IOException {
        store.close();
        Map<Path, Path> copies = new HashMap<>();
        for (Path file : rawFiles()) {
            Path copy = Path.of(file + ".copy");
            Files.copy(file, copy);
            copies.put(file, copy);
        }
        try (SqliteMetricStore rolling = open()) {
            rolling.rollUp(1 + random.nextInt(20));
        }
        for (Map.Entry<Path, Path> copy : copies.entrySet()) {
            if (Files.exists(copy.getKey())) {
                Files.move(copy.getValue(), copy.getKey(), StandardCopyOption.REPLACE_EXISTING);
            }
            Files.deleteIfExists(copy.getValue());
        }
        return open();
    }

    private List<Path> rawFiles() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().matches("raw-.*\\.db"))
                    .toList();
        }
    }

    private void check(SqliteMetricStore store, String step) {
        long length = Math.max(600, Duration.between(T0, clock.instant()).toSeconds());
        long first = random.nextLong(length);
        long seconds = random.nextBoolean() ? 1 + random.nextLong(120) : 1 + random.nextLong(length);
        if (random.nextInt(3) == 0) {
            first = Math.max(0, length - 1 - random.nextLong(300));
        }
        TimeRange range = new TimeRange(T0.plusSeconds(first), T0.plusSeconds(first + seconds));
        boolean apart = random.nextInt(3) == 0;
        Set<String> metrics = random.nextBoolean() ? Set.of() : Set.of("http.server.request.duration", "cache.gets");
        Selection selection = new Selection(SERVICE, metrics, range, apart);
        Reading whole = store.read(selection);
        String asked = step + ", " + range + (apart ? " per instance" : "");
        assertThat(whole.range().from()).as(asked).isBeforeOrEqualTo(range.from());
        assertThat(whole.range().to()).as(asked).isAfterOrEqualTo(range.to());
        check(whole, selection, asked);
        if (random.nextInt(3) == 0) {
            long step2 = List.of(5L, 10L, 25L, 60L, 300L, 600L, 1_800L).get(random.nextInt(7));
            // Meanwhile more may have been rolled up: the slices' edges need not be those of the whole.
            Instant at = null;
            for (Reading slice : store.slices(selection, Duration.ofSeconds(Math.max(step2, seconds / 200)))) {
                if (at == null) {
                    assertThat(slice.range().from()).as(asked).isBeforeOrEqualTo(range.from());
                } else {
                    assertThat(slice.range().from()).as(asked).isEqualTo(at);
                }
                at = slice.range().to();
                check(slice, selection, asked + " in slices of " + step2 + " s: " + slice.range());
            }
            assertThat(at).as(asked).isAfterOrEqualTo(range.to());
        }
    }

    private void check(Reading reading, Selection selection, String asked) {
        TimeRange range = reading.range();
        Totals expected = new Totals(selection.perInstance());
        int windows = 0;
        for (Batch batch : stored) {
            boolean ends = batch.end().isAfter(range.from()) && !batch.end().isAfter(range.to());
            boolean inside = ends && !batch.start().isBefore(range.from());
            boolean touched = batch.end().isAfter(range.from()) && batch.start().isBefore(range.to());
            if (batch.cursor() != null) {
                assertThat(inside)
                        .as(asked + ", used " + range + " cuts " + batch.start() + " to " + batch.end())
                        .isEqualTo(touched);
            }
            if (batch.cursor() == null ? ends : inside) {
                windows++;
                for (Point point : batch.points()) {
                    if (selection.metrics().isEmpty()
                            || selection.metrics().contains(point.key().metric())) {
                        expected.add(
                                new Series(point.key()),
                                batch.sender().instance(),
                                point.value(),
                                batch.end().toEpochMilli());
                    }
                }
            }
        }
        assertThat(reading.windows()).as(asked + ", used " + range).isEqualTo(windows);
        assertThat(byKey(reading.series())).as(asked + ", used " + range).isEqualTo(byKey(expected.series()));
    }

    private static Map<List<Object>, Value> byKey(List<SeriesData> series) {
        Map<List<Object>, Value> values = new HashMap<>();
        series.forEach(data -> values.put(
                List.of(data.key(), String.valueOf(data.instance())),
                // Within a cell nobody knows which of two parts of a minute has the newer reading.
                data.value() instanceof Value.Gauge gauge
                        ? new Value.Gauge(0, gauge.min(), gauge.max(), gauge.sum(), gauge.readings())
                        : data.value()));
        return values;
    }

    private static SeriesKey key(String metric, String attribute, String value) {
        return new SeriesKey(metric, new TreeMap<>(Map.of(attribute, value)));
    }
}
