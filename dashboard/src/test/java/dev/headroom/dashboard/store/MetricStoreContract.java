package dev.headroom.dashboard.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.store.MetricStore.Outcome;
import dev.headroom.histogram.ExponentialHistogram;
import dev.headroom.histogram.HistogramSnapshot;
import dev.headroom.histogram.LimitCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store must do. */
public abstract class MetricStoreContract {
    protected static final String SERVICE = "shop";
    protected static final Instant T0 = Instant.parse("2026-11-21T10:00:00Z");

    protected MetricStore store;

    /** The store on its data, which survive a close. */
    protected abstract MetricStore open();

    @BeforeEach
    final void openStore() {
        store = open();
    }

    @AfterEach
    final void closeStore() {
        store.close();
    }

    @Test
    void addsUpWindowsOfSeveralInstances() {
        store.append(List.of(
                batch("a", 1, 0, 5, calls("/x", 0.010, 0.020), gets(3)),
                batch("b", 1, 0, 5, calls("/x", 0.030), gets(4)),
                batch("a", 2, 5, 10, calls("/x", 0.040), calls("/y", 1))));

        Reading reading = read(0, 10);

        assertThat(count(reading, "/x")).isEqualTo(4);
        assertThat(count(reading, "/y")).isEqualTo(1);
        assertThat(distribution(reading, "/x").histogram().sum()).isEqualTo(0.1);
        assertThat(distribution(reading, "/x").histogram().max()).isEqualTo(0.040);
        assertThat(reading.windows()).isEqualTo(3);
        assertThat(reading.series()).allMatch(series -> series.instance() == null);
        assertThat(sum(reading)).isEqualTo(7);
    }

    @Test
    void keepsInstancesApartWhenAsked() {
        store.append(List.of(batch("a", 1, 0, 5, calls("/x", 0.010)), batch("b", 1, 0, 5, calls("/x", 0.030))));

        Reading reading = store.read(new Selection(SERVICE, Set.of(), range(0, 5), true));

        assertThat(reading.series()).extracting(SeriesData::instance).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void givesBackWhatWasStoredToTheLastBit() {
        Value.Distribution value = new Value.Distribution(
                histogram(0, 1e-9, 0.05, 0.1, 3600),
                new LimitCounts(new long[] {99_999_999, 100_000_000}, new long[] {3, 0, 2}),
                0.25);
        store.append(List.of(batch("a", 1, 0, 5, new Point(key("/x"), value), gauge(5))));
        closeStore();
        store = open();

        assertThat(distribution(read(0, 5), "/x")).isEqualTo(value);
    }

    @Test
    void callsThatWereNotTimedAddUpBesideThoseThatWere() {
        Value.Distribution untimed = new Value.Distribution(HistogramSnapshot.EMPTY, LimitCounts.NONE, 0, 7);
        Value.Distribution partly = new Value.Distribution(
                histogram(0.05), new LimitCounts(new long[] {100_000_000}, new long[] {1, 0}), 0, 2);
        store.append(List.of(
                batch("a", 1, 0, 5, new Point(key("/x"), untimed)),
                batch("a", 2, 5, 10, new Point(key("/x"), partly)),
                batch("b", 1, 0, 5, new Point(key("/x"), untimed))));
        closeStore();
        store = open();

        Value.Distribution both = distribution(read(0, 10), "/x");
        assertThat(both.calls()).isEqualTo(17);
        assertThat(both.untimed()).isEqualTo(16);
        assertThat(both.limits()).as("the limits of those that were timed").isEqualTo(partly.limits());
    }

    @Test
    void keepsHowBatchesCameWithTheirCursor() {
        Instant arrived = T0.plusSeconds(21);
        Delivery merged = new Delivery(arrived, arrived.minusMillis(40), Duration.ofSeconds(5), 3, true);
        store.append(List.of(batch("a", 1, 0, 5, gets(1)).with(Delivery.at(T0.plusSeconds(6)))));
        store.append(List.of(batch("a", 3, 10, 20, gets(1)).with(merged)));
        store.append(List.of(batch("a", 3, 10, 20, gets(1)).with(merged)));
        closeStore();
        store = open();

        List<Ledger> ledgers = store.ledgers(SERVICE);
        assertThat(ledgers).hasSize(1);
        Ledger ledger = ledgers.get(0);
        assertThat(ledger.signal()).isEqualTo("m");
        assertThat(ledger.sequence()).isEqualTo(3);
        assertThat(ledger.gaps()).isEqualTo(1);
        assertThat(ledger.duplicates()).isEqualTo(1);
        assertThat(ledger.delivered())
                .isEqualTo(Delivered.NOTHING
                        .plus(T0, T0.plusSeconds(5), Delivery.at(T0.plusSeconds(6)))
                        .plus(T0.plusSeconds(10), T0.plusSeconds(20), merged));
        assertThat(ledger.delivered().ended()).isTrue();
        assertThat(store.ledgers("nobody")).isEmpty();
    }

    @Test
    void readsOnlyTheMetricsAskedFor() {
        store.append(List.of(batch("a", 1, 0, 5, calls("/x", 0.010), gets(3))));

        Reading reading = store.read(new Selection(SERVICE, Set.of("cache.gets"), range(0, 5), false));

        assertThat(reading.series())
                .singleElement()
                .extracting(data -> data.key().metric())
                .isEqualTo("cache.gets");
    }

    @Test
    void keepsGaugesOfInstancesApartAndTheirNewestReading() {
        store.append(List.of(
                batch("a", 2, 5, 10, gauge(9)), batch("a", 3, 10, 15, gauge(4)), batch("b", 1, 0, 5, gauge(1))));

        Reading reading = read(0, 15);

        assertThat(reading.series()).hasSize(2);
        SeriesData ofA = reading.series().stream()
                .filter(data -> "a".equals(data.instance()))
                .findFirst()
                .orElseThrow();
        assertThat(ofA.value()).isEqualTo(new Value.Gauge(4, 4, 9, 13, 2));
    }

    @Test
    void storesARepeatedNumberOnce() {
        List<Outcome> first = store.append(List.of(batch("a", 1, 0, 5, calls("/x", 0.010))));
        List<Outcome> again = store.append(List.of(batch("a", 1, 0, 5, calls("/x", 0.010))));
        List<Outcome> within = store.append(
                List.of(batch("a", 2, 5, 10, calls("/x", 0.010)), batch("a", 2, 5, 10, calls("/x", 0.010))));

        assertThat(first).containsExactly(new Outcome.Stored());
        assertThat(again).containsExactly(new Outcome.Duplicate(1));
        assertThat(within).containsExactly(new Outcome.Stored(), new Outcome.Duplicate(2));
        assertThat(count(read(0, 10), "/x")).isEqualTo(2);
        assertThat(store.instances(SERVICE)).singleElement().satisfies(instance -> {
            assertThat(instance.sequence()).isEqualTo(2);
            assertThat(instance.duplicates()).isEqualTo(2);
            assertThat(instance.gaps()).isZero();
        });
    }

    @Test
    void remembersNumbersAcrossARestart() {
        store.append(List.of(batch("a", 7, 0, 5, calls("/x", 0.010))));
        closeStore();
        store = open();

        assertThat(store.append(List.of(batch("a", 7, 0, 5, calls("/x", 0.010)))))
                .containsExactly(new Outcome.Duplicate(7));
        assertThat(count(read(0, 5), "/x")).isEqualTo(1);
    }

    @Test
    void countsGapsPerSignal() {
        store.append(List.of(batch("a", 3, 0, 5, calls("/x", 0.010)), batch("a", 6, 5, 10, calls("/x", 0.010))));
        store.append(List.of(new Batch(sender("a"), new Batch.Cursor("l", 1), at(0), at(5), List.of())));

        assertThat(store.instances(SERVICE)).singleElement().satisfies(instance -> {
            assertThat(instance.sequence()).isEqualTo(6);
            assertThat(instance.gaps()).isEqualTo(4);
        });
    }

    @Test
    void growsARangeUntilItCutsNoWindow() {
        // After an outage one window covers 10 to 40 s; another sender's reaches from 35 to 50 s.
        store.append(List.of(
                batch("a", 1, 5, 10, calls("/x", 1)),
                batch("a", 2, 10, 40, calls("/x", 1, 1)),
                batch("b", 1, 35, 50, calls("/x", 1, 1, 1)),
                batch("b", 2, 50, 55, calls("/x", 1))));

        Reading reading = read(20, 36);

        assertThat(reading.range()).isEqualTo(range(10, 50));
        assertThat(count(reading, "/x")).isEqualTo(5);
        assertThat(read(10, 40).range()).isEqualTo(range(10, 50));
        assertThat(count(read(50, 55), "/x")).isEqualTo(1);
    }

    @Test
    void alignsToFiveSecondsSoThatAPartialLastWindowIsInside() {
        store.append(List.of(
                batch("a", 1, 0, 5, calls("/x", 1)),
                new Batch(
                        sender("a"),
                        new Batch.Cursor("m", 2),
                        at(5),
                        at(5).plusMillis(2_300),
                        List.of(calls("/x", 1)))));

        Reading reading =
                store.read(new Selection(SERVICE, Set.of(), new TimeRange(at(1), at(5).plusMillis(2_100)), false));

        assertThat(reading.range()).isEqualTo(range(0, 10));
        assertThat(count(reading, "/x")).isEqualTo(2);
    }

    @Test
    void countsWindowsWithoutNumbersWhereTheyEnd() {
        store.append(List.of(new Batch(sender("stock"), null, at(3), at(63), List.of(calls("/x", 1, 1)))));

        assertThat(count(read(60, 65), "/x")).isEqualTo(2);
        assertThat(read(60, 65).range()).isEqualTo(range(60, 65));
        assertThat(read(0, 60).series()).isEmpty();
    }

    @Test
    void slicesFollowOneAnotherAndTogetherAreTheWhole() {
        Random random = new Random(5);
        List<Batch> batches = new ArrayList<>();
        for (String instance : List.of("a", "b", "c")) {
            int sequence = 0;
            for (int second = 0; second < 600; ) {
                int length = random.nextInt(10) == 0 ? 5 * (1 + random.nextInt(20)) : 5;
                batches.add(batch(instance, ++sequence, second, second + length, calls("/x", 0.01, 0.02)));
                second += length;
            }
        }
        store.append(batches);

        List<Reading> slices =
                store.slices(new Selection(SERVICE, Set.of(), range(100, 400), false), Duration.ofSeconds(30));
        Reading whole = read(100, 400);

        long total = 0;
        Instant before = whole.range().from();
        for (Reading slice : slices) {
            assertThat(slice.range().from()).isEqualTo(before);
            before = slice.range().to();
            total += slice.series().isEmpty() ? 0 : count(slice, "/x");
        }
        assertThat(before).isEqualTo(whole.range().to());
        assertThat(total).isEqualTo(count(whole, "/x"));
    }

    @Test
    void everyRangeReportsExactlyTheWindowsInsideIt() {
        Random random = new Random(11);
        List<Batch> batches = new ArrayList<>();
        int sequence = 0;
        for (int second = 0; second < 1_200; ) {
            int length = random.nextInt(8) == 0 ? 5 * (1 + random.nextInt(30)) : 5;
            batches.add(batch("a", ++sequence, second, second + length, calls("/x", 0.01)));
            second += length;
        }
        store.append(batches);

        for (int i = 0; i < 200; i++) {
            int from = random.nextInt(1_000);
            Reading reading = read(from, from + 1 + random.nextInt(190));
            long inside = batches.stream()
                    .filter(batch -> !batch.start().isBefore(reading.range().from())
                            && !batch.end().isAfter(reading.range().to()))
                    .count();
            long cut = batches.stream()
                    .filter(batch -> batch.start().isBefore(reading.range().to())
                            && batch.end().isAfter(reading.range().from()))
                    .count();
            assertThat(count(reading, "/x")).isEqualTo(inside).isEqualTo(cut);
        }
    }

    @Test
    void aWindowThatComesLateIsCounted() {
        for (int n = 1; n <= 24; n++) {
            store.append(List.of(batch("a", n, n * 5 - 5, n * 5, calls("/x", 1), gauge(n))));
        }
        assertThat(count(read(0, 120), "/x")).isEqualTo(24);

        store.append(List.of(batch("b", 1, 30, 35, calls("/x", 1)), batch("a", 25, 55, 65, calls("/x", 1))));

        Reading reading = read(0, 120);
        assertThat(count(reading, "/x")).isEqualTo(26);
        assertThat(reading.windows()).isEqualTo(26);
        assertThat(reading.series().stream().filter(data -> data.value() instanceof Value.Gauge))
                .singleElement()
                .extracting(SeriesData::value)
                .isEqualTo(new Value.Gauge(24, 1, 24, 300, 24));
    }

    @Test
    void emptySlicesAreIncluded() {
        store.append(List.of(batch("a", 1, 0, 5, calls("/x", 1)), batch("a", 2, 25, 30, calls("/x", 1))));

        List<Reading> slices =
                store.slices(new Selection(SERVICE, Set.of(), range(0, 30), false), Duration.ofSeconds(10));

        assertThat(slices).extracting(Reading::windows).containsExactly(1, 0, 1);
    }

    @Test
    void keepsStreamStatesWithTheData() {
        Batch batch = new Batch(
                sender("stock"), null, at(0), at(5), List.of(gets(1)), new StreamStates(new byte[] {1, 2, 3}));
        assertThat(store.streams(sender("stock"))).isNull();
        store.append(List.of(batch));
        store.append(List.of(new Batch(sender("stock"), null, at(5), at(10), List.of(gets(1)))));
        closeStore();
        store = open();

        assertThat(store.streams(sender("stock")).bytes()).containsExactly(1, 2, 3);
    }

    @Test
    void namesServicesAndInstances() {
        assertThat(store.services()).isEmpty();
        store.append(List.of(
                batch("a", 1, 0, 5, calls("/x", 1)),
                new Batch(
                        new Sender("billing", "b", Map.of("host.name", "h1")), null, at(0), at(5), List.of(gets(1)))));

        assertThat(store.services()).containsExactly("billing", SERVICE);
        assertThat(store.instances("billing")).singleElement().satisfies(instance -> {
            assertThat(instance.instance()).isEqualTo("b");
            assertThat(instance.resource()).containsEntry("host.name", "h1");
            assertThat(instance.firstReport()).isEqualTo(instance.lastReport());
        });
        assertThat(store.instances("nobody")).isEmpty();
        assertThat(store.read(new Selection("nobody", Set.of(), range(0, 5), false))
                        .series())
                .isEmpty();
    }

    @Test
    void tellsListenersOfStoredBatchesOnly() {
        List<Batch> told = new ArrayList<>();
        store.onStored(told::add);
        Batch batch = batch("a", 1, 0, 5, calls("/x", 1));
        store.append(List.of(batch));
        store.append(List.of(batch));

        assertThat(told).containsExactly(batch);
    }

    @Test
    void losesNothingUnderConcurrentAppendsAndReads() throws Exception {
        int senders = 8;
        int batches = 40;
        AtomicBoolean writing = new AtomicBoolean(true);
        AtomicLong reads = new AtomicLong();
        ExecutorService threads = Executors.newFixedThreadPool(senders + 2);
        try {
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < senders; i++) {
                String instance = "i" + i;
                writers.add(threads.submit(() -> {
                    for (int n = 1; n <= batches; n++) {
                        store.append(List.of(batch(instance, n, n * 5, n * 5 + 5, calls("/x", 0.010))));
                    }
                }));
            }
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                readers.add(threads.submit(() -> {
                    long before = 0;
                    while (writing.get()) {
                        Reading reading = read(0, 1_000);
                        long now = reading.series().isEmpty() ? 0 : count(reading, "/x");
                        assertThat(now).isGreaterThanOrEqualTo(before);
                        before = now;
                        reads.incrementAndGet();
                    }
                }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            writing.set(false);
            for (Future<?> reader : readers) {
                reader.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(count(read(0, 1_000), "/x")).isEqualTo((long) senders * batches);
        assertThat(reads).hasPositiveValue();
    }

    protected Reading read(int from, int to) {
        return store.read(new Selection(SERVICE, Set.of(), range(from, to), false));
    }

    protected static TimeRange range(int from, int to) {
        return new TimeRange(at(from), at(to));
    }

    protected static Instant at(int second) {
        return T0.plusSeconds(second);
    }

    protected static Sender sender(String instance) {
        return new Sender(SERVICE, instance, Map.of("service.name", SERVICE, "service.instance.id", instance));
    }

    protected static Batch batch(String instance, long sequence, int from, int to, Point... points) {
        return new Batch(sender(instance), new Batch.Cursor("m", sequence), at(from), at(to), List.of(points));
    }

    protected static SeriesKey key(String route) {
        return new SeriesKey(
                "http.server.request.duration",
                new TreeMap<>(Map.of("http.route", route, "http.request.method", "GET")));
    }

    protected static Point calls(String route, double... seconds) {
        return new Point(key(route), new Value.Distribution(histogram(seconds), LimitCounts.NONE, 0));
    }

    private static HistogramSnapshot histogram(double... seconds) {
        ExponentialHistogram histogram = new ExponentialHistogram();
        for (double value : seconds) {
            histogram.record(value);
        }
        return histogram.snapshot();
    }

    protected static Point gets(double amount) {
        return new Point(new SeriesKey("cache.gets", Map.of("cache", "c")), new Value.Sum(amount));
    }

    protected static Point gauge(double reading) {
        return new Point(
                new SeriesKey("db.client.connection.max", Map.of("db.client.connection.pool.name", "main")),
                Value.Gauge.of(reading));
    }

    protected static Value.Distribution distribution(Reading reading, String route) {
        return (Value.Distribution) reading.series().stream()
                .filter(data -> data.key().equals(key(route)))
                .findFirst()
                .orElseThrow()
                .value();
    }

    protected static long count(Reading reading, String route) {
        return distribution(reading, route).histogram().count();
    }

    private static double sum(Reading reading) {
        return reading.series().stream()
                .map(SeriesData::value)
                .filter(Value.Sum.class::isInstance)
                .mapToDouble(value -> ((Value.Sum) value).amount())
                .sum();
    }
}
