package dev.headroom.core.export;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.record.Attributes;
import dev.headroom.core.record.Example;
import dev.headroom.core.record.Gauges;
import dev.headroom.core.record.Recorder;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the agent says of itself with every window: queue, given up and merged windows, series held and their heap, bytes
 * sent, failures in hooks. For the agent's thread only.
 */
final class SelfStats implements Gauges {
    private final Recorder recorder;
    private final Backlog backlog;
    private final ExampleDelivery examples;
    private final Supplier<Map<String, Long>> hookFailures;
    private final Map<String, Long> dropped = new HashMap<>();
    private final Map<Metric, Map<Attributes, Long>> lastSent = new EnumMap<>(Metric.class);
    private long sentBytes;
    private long encodedBytes;

    /** @param hookFailures failures so far by hook name */
    SelfStats(Recorder recorder, Backlog backlog, ExampleDelivery examples, Supplier<Map<String, Long>> hookFailures) {
        this.recorder = recorder;
        this.backlog = backlog;
        this.examples = examples;
        this.hookFailures = hookFailures;
    }

    /** A window was given up for this reason. */
    void dropped(String reason) {
        dropped.merge(reason, 1L, Long::sum);
    }

    /** A batch went out, for the first time or again. */
    void sent(Batch batch) {
        sentBytes += batch.bytes().length;
        encodedBytes += batch.plainBytes();
    }

    @Override
    public void read(Sink sink) {
        sink.value(Metric.AGENT_QUEUE, Attributes.NONE, backlog.size());
        sink.value(Metric.AGENT_SERIES, Attributes.NONE, recorder.size());
        increase(sink, Metric.AGENT_MERGED, Attributes.NONE.with(Attribute.REASON, "queue_full"), backlog.merged());
        for (Map.Entry<String, Long> reason : dropped.entrySet()) {
            increase(sink, Metric.AGENT_DROPPED, Attributes.of(Attribute.REASON, reason.getKey()), reason.getValue());
        }
        readExamples(sink);
        for (Map.Entry<String, Long> hook : hookFailures.get().entrySet()) {
            increase(sink, Metric.AGENT_FAILURES, Attributes.of(Attribute.HOOK, hook.getKey()), hook.getValue());
        }
        sink.value(Metric.AGENT_HEAP, Attributes.NONE, (double)
                (recorder.heapBytes() + backlog.heapBytes() + examples.queue().heapBytes()));
        increase(sink, Metric.AGENT_SENT, Attributes.NONE, sentBytes);
        increase(sink, Metric.AGENT_ENCODED, Attributes.NONE, encodedBytes);
    }

    private void readExamples(Sink sink) {
        for (Map.Entry<Example.Reason, Long> kept : examples.kept().entrySet()) {
            Attributes reason = Attributes.of(Attribute.REASON, kept.getKey().word());
            increase(sink, Metric.AGENT_EXAMPLES, reason, kept.getValue());
        }
        for (Map.Entry<String, Long> reason : examples.queue().dropped().entrySet()) {
            Attributes why = Attributes.of(Attribute.REASON, reason.getKey());
            increase(sink, Metric.AGENT_EXAMPLES_DROPPED, why, reason.getValue());
        }
        long passedOver = recorder.examples().passedOver();
        increase(sink, Metric.AGENT_EXAMPLES_DROPPED, Attributes.of(Attribute.REASON, "rate"), passedOver);
    }

    private void increase(Sink sink, Metric metric, Attributes attributes, long total) {
        long since = since(metric, attributes, total);
        if (since > 0) {
            sink.value(metric, attributes, (double) since);
        }
    }

    private long since(Metric metric, Attributes attributes, long total) {
        Long before = lastSent.computeIfAbsent(metric, key -> new HashMap<>()).put(attributes, total);
        return total - (before == null ? 0 : before);
    }
}
