package dev.headroom.dashboard.operations;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.store.Delivered;
import dev.headroom.dashboard.store.EventStore;
import dev.headroom.dashboard.store.Ledger;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.Selection;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.TimeRange;
import dev.headroom.dashboard.store.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What services' agents delivered, from the ledgers that the store keeps with their cursors. Thread-safe; blocks on the store. */
@Component
public final class Deliveries {
    private static final int SLICES = 60;
    private static final long GRID_MILLIS = 5_000;

    private static final String METRICS = "m";

    private final MetricStore store;
    private final EventStore events;

    public Deliveries(MetricStore store, EventStore events) {
        this.store = store;
        this.events = events;
    }

    /** Of consecutive slices from {@code from} on; all of state no-agent when the service's senders have no numbers. */
    public List<CompletenessSlice> slices(String service, Instant from, Duration step, int slices, Instant now) {
        return Completeness.slices(AgentLife.of(store.ledgers(service), METRICS), from, step, slices, now);
    }

    /** Whether any sender of the service numbers its windows, so that what is missing can be seen. */
    public boolean numbered(String service) {
        return !store.ledgers(service).isEmpty();
    }

    /** Of the agents that were there in the time. */
    public DeliveryReport of(String service, TimeRange range, Instant now) {
        return of(service, range, now, false);
    }

    /** Of every agent that the store remembers, with what came of it in the time. */
    public DeliveryReport ofAll(String service, TimeRange range, Instant now) {
        return of(service, range, now, true);
    }

    private DeliveryReport of(String service, TimeRange range, Instant now, boolean all) {
        List<Ledger> ledgers = store.ledgers(service);
        List<AgentLife> lives = AgentLife.of(ledgers, METRICS);
        Map<String, Map<String, Double>> dropped = dropped(service, range);
        Map<String, AgentDelivery.Examples> examples = examples(service);
        List<AgentDelivery> agents = new ArrayList<>();
        int restarts = 0;
        int withoutGoodbye = 0;
        for (AgentLife life : lives) {
            if (!all && !touches(life, range, now)) {
                continue;
            }
            String instance = life.ledger().instance();
            agents.add(delivery(life, range, now, dropped.getOrDefault(instance, Map.of()), examples.get(instance)));
            Instant begin = life.successorBegin();
            if (begin != null && begin.isAfter(range.from()) && !begin.isAfter(range.to())) {
                restarts++;
                withoutGoodbye += life.delivered().ended() ? 0 : 1;
            }
        }
        agents.sort(Comparator.comparing(AgentDelivery::end).reversed().thenComparing(AgentDelivery::instance));
        long step = Math.max(1, (range.length().toMillis() / SLICES + GRID_MILLIS - 1) / GRID_MILLIS) * GRID_MILLIS;
        long from = range.from().toEpochMilli() / step * step;
        int slices = (int) ((range.to().toEpochMilli() - from + step - 1) / step);
        return new DeliveryReport(
                service,
                range.from(),
                range.to(),
                restarts,
                withoutGoodbye,
                Completeness.slices(lives, Instant.ofEpochMilli(from), Duration.ofMillis(step), slices, now),
                agents);
    }

    private static boolean touches(AgentLife life, TimeRange range, Instant now) {
        return life.delivered().begin().isBefore(range.to())
                && life.silentUntil(now).isAfter(range.from());
    }

    private static AgentDelivery delivery(
            AgentLife life,
            TimeRange range,
            Instant now,
            Map<String, Double> dropped,
            AgentDelivery.@Nullable Examples examples) {
        Ledger ledger = life.ledger();
        Delivered delivered = ledger.delivered();
        Duration ahead = delivered.clock().ahead();
        return new AgentDelivery(
                ledger.instance(),
                ledger.resource().get("host.name"),
                ledger.resource().get("process.pid"),
                life.end(now).word(),
                delivered.begin(),
                delivered.end(),
                delivered.intervalMillis() / 1e3,
                delivered.batches(),
                life.expected(now),
                ledger.duplicates(),
                ledger.gaps(),
                delivered.merged(),
                delivered.lateBatches(),
                dropped,
                holes(life, range, now),
                ahead == null ? null : ahead.toMillis() / 1e3,
                life.successor(),
                examples);
    }

    private Map<String, AgentDelivery.Examples> examples(String service) {
        Map<String, AgentDelivery.Examples> examples = new HashMap<>();
        for (Ledger ledger : events.ledgers(service)) {
            examples.put(
                    ledger.instance(),
                    new AgentDelivery.Examples(ledger.delivered().batches(), ledger.duplicates(), ledger.gaps()));
        }
        return examples;
    }

    private static List<AgentDelivery.Hole> holes(AgentLife life, TimeRange range, Instant now) {
        List<AgentDelivery.Hole> holes = new ArrayList<>();
        List<Delivered.Span> spans = life.delivered().spans();
        for (int i = 1; i < spans.size(); i++) {
            add(holes, range, spans.get(i - 1).toMillis(), spans.get(i).fromMillis());
        }
        add(
                holes,
                range,
                life.delivered().end().toEpochMilli(),
                life.silentUntil(now).toEpochMilli());
        return holes;
    }

    private static void add(List<AgentDelivery.Hole> holes, TimeRange range, long from, long to) {
        if (from < to && from < range.to().toEpochMilli() && to > range.from().toEpochMilli()) {
            holes.add(new AgentDelivery.Hole(Instant.ofEpochMilli(from), Instant.ofEpochMilli(to)));
        }
    }

    /** Windows given up, by instance and reason: agents tell it with their next window. */
    private Map<String, Map<String, Double>> dropped(String service, TimeRange range) {
        Map<String, Map<String, Double>> dropped = new HashMap<>();
        Selection selection = new Selection(service, Set.of(Metric.AGENT_DROPPED.metricName()), range, true);
        for (SeriesData series : store.read(selection).series()) {
            if (series.value() instanceof Value.Sum sum && series.instance() != null) {
                dropped.computeIfAbsent(series.instance(), instance -> new TreeMap<>())
                        .merge(series.key().get(Attribute.REASON, "unknown"), sum.amount(), Double::sum);
            }
        }
        return dropped;
    }
}
