package dev.headroom.dashboard.page;

import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.Delivered;
import dev.headroom.dashboard.store.Delivery;
import dev.headroom.dashboard.store.Instance;
import dev.headroom.dashboard.store.Ledger;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.Point;
import dev.headroom.dashboard.store.Reading;
import dev.headroom.dashboard.store.Selection;
import dev.headroom.dashboard.store.Sender;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.StreamStates;
import dev.headroom.dashboard.store.TimeRange;
import dev.headroom.dashboard.store.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A store in memory, for pages. Thread-safe. */
public final class FixtureStore implements MetricStore {
    private final List<Batch> batches = new CopyOnWriteArrayList<>();
    private final List<Consumer<Batch>> listeners = new CopyOnWriteArrayList<>();
    private volatile RuntimeException broken;

    /** From now on every reading fails with this; null to heal. */
    public void breakWith(RuntimeException failure) {
        broken = failure;
    }

    public void clear() {
        batches.clear();
        broken = null;
    }

    @Override
    public List<Outcome> append(List<Batch> added) {
        batches.addAll(added);
        added.forEach(batch -> listeners.forEach(listener -> listener.accept(batch)));
        return added.stream().map(batch -> (Outcome) new Outcome.Stored()).toList();
    }

    @Override
    public StreamStates streams(Sender sender) {
        return null;
    }

    @Override
    public Reading read(Selection selection) {
        if (broken != null) {
            throw broken;
        }
        Map<String, SeriesData> series = new LinkedHashMap<>();
        int windows = 0;
        for (Batch batch : batches) {
            TimeRange range = selection.range();
            if (batch.sender().service().equals(selection.service())
                    && !batch.start().isBefore(range.from())
                    && !batch.end().isAfter(range.to())) {
                windows++;
                for (Point point : batch.points()) {
                    add(series, selection, batch.sender().instance(), point);
                }
            }
        }
        return new Reading(selection.range(), List.copyOf(series.values()), windows);
    }

    private static void add(Map<String, SeriesData> series, Selection selection, String sender, Point point) {
        SeriesKey key = point.key();
        if (selection.metrics().isEmpty() || selection.metrics().contains(key.metric())) {
            boolean apart = selection.perInstance() || point.value() instanceof Value.Gauge;
            String instance = apart ? sender : null;
            series.merge(
                    key + "@" + instance,
                    new SeriesData(key, instance, point.value()),
                    (a, b) -> new SeriesData(key, instance, combine(a.value(), b.value())));
        }
    }

    private static Value combine(Value a, Value b) {
        if (a instanceof Value.Distribution first && b instanceof Value.Distribution second) {
            return first.merge(second);
        }
        return a instanceof Value.Sum first && b instanceof Value.Sum second
                ? first.merge(second)
                : ((Value.Gauge) a).then((Value.Gauge) b);
    }

    @Override
    public List<Reading> slices(Selection selection, Duration step) {
        List<Reading> slices = new ArrayList<>();
        for (Instant from = selection.range().from();
                from.isBefore(selection.range().to());
                from = from.plus(step)) {
            slices.add(read(new Selection(
                    selection.service(),
                    selection.metrics(),
                    new TimeRange(from, from.plus(step)),
                    selection.perInstance())));
        }
        return slices;
    }

    @Override
    public List<Ledger> ledgers(String service) {
        Map<Sender, Delivered> delivered = new LinkedHashMap<>();
        for (Batch batch : batches) {
            if (batch.cursor() != null && batch.sender().service().equals(service)) {
                Delivery delivery = batch.delivery() == null ? Delivery.at(batch.end()) : batch.delivery();
                Delivered before = delivered.getOrDefault(batch.sender(), Delivered.NOTHING);
                delivered.put(batch.sender(), before.plus(batch.start(), batch.end(), delivery));
            }
        }
        List<Ledger> ledgers = new ArrayList<>();
        delivered.forEach((sender, all) -> {
            long gaps = all.holes().toMillis() / Math.max(1, all.intervalMillis());
            ledgers.add(
                    new Ledger(service, sender.instance(), sender.resource(), "m", all.batches() + gaps, gaps, 0, all));
        });
        return ledgers;
    }

    @Override
    public List<String> services() {
        if (broken != null) {
            throw broken;
        }
        return batches.stream()
                .map(batch -> batch.sender().service())
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public List<Instance> instances(String service) {
        Map<String, Instance> instances = new LinkedHashMap<>();
        for (Batch batch : batches) {
            if (batch.sender().service().equals(service)) {
                instances.merge(
                        batch.sender().instance(),
                        new Instance(
                                service,
                                batch.sender().instance(),
                                batch.sender().resource(),
                                batch.start(),
                                batch.end(),
                                1,
                                0,
                                0),
                        (a, b) -> new Instance(
                                service,
                                a.instance(),
                                b.resource(),
                                a.firstReport(),
                                b.lastReport(),
                                a.sequence() + 1,
                                0,
                                0));
            }
        }
        return instances.values().stream()
                .sorted(Comparator.comparing(Instance::lastReport).reversed())
                .toList();
    }

    @Override
    public void onStored(Consumer<Batch> listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {}
}
