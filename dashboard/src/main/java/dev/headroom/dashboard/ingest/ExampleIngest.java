package dev.headroom.dashboard.ingest;

import dev.headroom.dashboard.store.Delivery;
import dev.headroom.dashboard.store.EventStore;
import dev.headroom.dashboard.store.MetricStore.Outcome;
import dev.headroom.dashboard.store.Sender;
import dev.headroom.otlp.OtlpLogsReader;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Takes the numbered log records of our agents, examples of remarkable calls, to their store. Returns after the commit.
 * Thread-safe; blocks.
 */
@Component
class ExampleIngest {
    /** More of a text is not kept. */
    static final int MAX_TEXT = 64 << 10;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final EventStore store;
    private final IngestCounters counters;
    private final InstantSource clock;

    ExampleIngest(EventStore store, IngestCounters counters, InstantSource clock) {
        this.store = store;
        this.counters = counters;
        this.clock = clock;
    }

    Ingest.Receipt accept(
            List<OtlpLogsReader.ResourceLogs> resources,
            IdempotencyKey key,
            @Nullable String delivery,
            WriteScope scope) {
        if (resources.size() != 1) {
            throw OtlpRefusal.malformed(resources.size() + " resources under one number; expected one per request");
        }
        OtlpLogsReader.ResourceLogs logs = resources.get(0);
        scope.check(logs.resource());
        Sender sender = Senders.of(logs.resource());
        if (!key.instance().toString().equalsIgnoreCase(sender.instance())) {
            throw OtlpRefusal.malformed("service.instance.id is \"" + sender.instance() + "\", but "
                    + IdempotencyKey.HEADER + " names " + key.instance() + "; expected the same");
        }
        Instant now = clock.instant();
        Delivery how = DeliveryHeader.parse(delivery, now);
        Rejections rejections = new Rejections();
        List<EventStore.Event> events = new ArrayList<>();
        for (OtlpLogsReader.LogRecord record : logs.records()) {
            long millis = record.timeNanos() / NANOS_PER_MILLI;
            if (record.eventName().isEmpty()) {
                rejections.add("log records without an event name", 1);
            } else if (record.body().length() > MAX_TEXT || size(record) > MAX_TEXT) {
                rejections.add("log records of more than " + MAX_TEXT + " characters", 1);
            } else {
                Instant at = millis == 0 ? now : Instant.ofEpochMilli(millis);
                events.add(new EventStore.Event(at, record.eventName(), record.attributes(), record.body()));
            }
        }
        Outcome outcome = store.append(sender, key.cursor(), how, events);
        counters.rejected(rejections.total());
        if (outcome instanceof Outcome.Duplicate duplicate) {
            counters.duplicateBatch();
            return new Ingest.Receipt(sender, 0, "", duplicate.highestSequence(), true);
        }
        return new Ingest.Receipt(
                sender, rejections.total(), rejections.message(), key.cursor().sequence(), false);
    }

    private static int size(OtlpLogsReader.LogRecord record) {
        int size = record.eventName().length();
        for (var attribute : record.attributes().entrySet()) {
            size += attribute.getKey().length() + attribute.getValue().length();
        }
        return size;
    }
}
