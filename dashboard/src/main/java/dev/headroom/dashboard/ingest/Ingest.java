package dev.headroom.dashboard.ingest;

import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.MetricStore.Outcome;
import dev.headroom.dashboard.store.Sender;
import dev.headroom.otlp.OtlpMetricsReader;
import dev.headroom.otlp.ResourceMetrics;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Takes decoded metrics to the store. Windows of our agents are numbered and stored as they are; points of other senders go
 * through {@link StockSenders}. Returns after the commit. Thread-safe; blocks.
 */
@Component
class Ingest {
    /**
     * What became of a request.
     *
     * @param sender of the last resource in it, or null without any
     * @param acknowledged highest durable number of the sender; 0 for requests without numbers
     * @param repeated whether its number was stored before, so that nothing of it is new
     */
    record Receipt(@Nullable Sender sender, long rejected, String message, long acknowledged, boolean repeated) {}

    private final MetricStore store;
    private final StockSenders stock;
    private final SeriesCap cap;
    private final IngestCounters counters;
    private final SpanCounters spanCounters;
    private final InstantSource clock;

    Ingest(MetricStore store, IngestCounters counters, SpanCounters spanCounters, InstantSource clock, SeriesCap cap) {
        this.store = store;
        this.cap = cap;
        this.counters = counters;
        this.spanCounters = spanCounters;
        this.clock = clock;
        this.stock = new StockSenders(store, cap, counters, new SpanReceiver(spanCounters), clock);
    }

    /** @param delivery what the sender told of this attempt; only of numbered requests */
    Receipt accept(OtlpMetricsReader.Result request, @Nullable IdempotencyKey key, @Nullable String delivery) {
        Rejections rejections = new Rejections();
        rejections.add(
                "kinds of points that are not kept (summaries, histograms of negative values)", request.unsupported());
        rejections.add("points without a time", request.withoutTime());
        long acknowledged = 0;
        boolean repeated = false;
        Sender last = null;
        // None at all is what a body cut to nothing reads as: taken for a success, its window would be lost.
        if (key != null && request.resources().size() != 1) {
            throw OtlpRefusal.malformed(request.resources().size() + " resources under one number; expected one");
        }
        for (ResourceMetrics resource : request.resources()) {
            Sender sender = Senders.of(resource.resource());
            last = sender;
            counters.received(resource.points().size());
            if (key == null) {
                stock.accept(sender, resource.points(), rejections);
            } else {
                Outcome outcome = acceptNumbered(sender, key, resource, rejections, delivery);
                repeated = outcome instanceof Outcome.Duplicate;
                acknowledged = outcome instanceof Outcome.Duplicate duplicate
                        ? duplicate.highestSequence()
                        : key.cursor().sequence();
            }
        }
        counters.rejected(rejections.total());
        return new Receipt(last, rejections.total(), rejections.message(), acknowledged, repeated);
    }

    /** Durations of routes, statements and calls, from senders that send no metrics of the kind. */
    Rejections acceptSpans(List<ResourceSpans> resources) {
        Rejections rejections = new Rejections("span");
        for (ResourceSpans resource : resources) {
            stock.acceptSpans(Senders.of(resource.resource()), resource.spans(), rejections);
        }
        spanCounters.rejected(rejections.total());
        return rejections;
    }

    Instant now() {
        return clock.instant();
    }

    private Outcome acceptNumbered(
            Sender sender,
            IdempotencyKey key,
            ResourceMetrics resource,
            Rejections rejections,
            @Nullable String delivery) {
        if (!key.instance().toString().equalsIgnoreCase(sender.instance())) {
            throw OtlpRefusal.malformed("service.instance.id is \"" + sender.instance() + "\", but "
                    + IdempotencyKey.HEADER + " names " + key.instance() + "; expected the same");
        }
        Instant now = clock.instant();
        Batch batch = AgentWindow.read(sender, key.cursor(), resource.points(), now, rejections)
                .with(DeliveryHeader.parse(delivery, now));
        Outcome outcome = store.append(List.of(cap.apply(batch, rejections))).get(0);
        if (outcome instanceof Outcome.Duplicate) {
            counters.duplicateBatch();
        }
        return outcome;
    }
}
