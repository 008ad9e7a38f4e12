package dev.headroom.core.export;

import dev.headroom.core.record.Example;
import dev.headroom.otlp.OtlpLogsWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Examples that the dashboard has not acknowledged, as requests ready to be sent, oldest first: within a number of bytes, beyond
 * which the oldest that was never sent is dropped and counted. As with windows, a request gets its number when it is first sent and
 * keeps its bytes then. For the agent's thread only.
 */
final class ExampleQueue {
    static final long MAX_BYTES = 1L << 20;

    /** Of one request, before compression. */
    private static final int MAX_REQUEST_CHARACTERS = 500_000;

    private final Map<String, String> resource;
    private final String version;
    private final long maxBytes;
    private final Deque<Waiting> unsent = new ArrayDeque<>();
    private final Map<String, Long> dropped = new HashMap<>();
    private @Nullable Batch sent;
    private int sentExamples;
    private long waitingBytes;
    private long lastSequence;

    ExampleQueue(Map<String, String> resource, String version, long maxBytes) {
        this.resource = resource;
        this.version = version;
        this.maxBytes = maxBytes;
    }

    void add(List<Example> examples) {
        int at = 0;
        while (at < examples.size()) {
            OtlpLogsWriter request = new OtlpLogsWriter(resource, OtlpEncoding.SCOPE, version);
            int characters = 0;
            int first = at;
            for (; at < examples.size() && characters < MAX_REQUEST_CHARACTERS; at++) {
                Example example = examples.get(at);
                String id = id();
                String body = ExampleText.body(example, id);
                request.add(example.startUnixNanos(), ExampleText.EVENT, body, ExampleText.attributes(example, id));
                characters += body.length();
            }
            byte[] plain = request.toByteArray();
            add(new Waiting(OtlpEncoding.gzipped(plain), plain.length, at - first));
        }
    }

    private void add(Waiting waiting) {
        unsent.addLast(waiting);
        waitingBytes += waiting.bytes.length;
        while (waitingBytes > maxBytes) {
            Waiting oldest = unsent.removeFirst();
            waitingBytes -= oldest.bytes.length;
            drop("queue_full", oldest.examples);
        }
    }

    private static String id() {
        String digits = Long.toHexString(ThreadLocalRandom.current().nextLong());
        StringBuilder id = new StringBuilder(16);
        for (int i = digits.length(); i < 16; i++) {
            id.append('0');
        }
        return id.append(digits).toString();
    }

    /** The request to send now: the one already sent, until {@link #settled}; null when there is none. */
    @Nullable
    Batch next() {
        Batch current = sent;
        if (current == null) {
            Waiting oldest = unsent.pollFirst();
            if (oldest == null) {
                return null;
            }
            waitingBytes -= oldest.bytes.length;
            current = new Batch(++lastSequence, oldest.bytes, oldest.plainBytes, 1);
            sent = current;
            sentExamples = oldest.examples;
        }
        return current;
    }

    /** The sent request was acknowledged; the next may be sent. */
    void settled() {
        sent = null;
    }

    /** The sent request was refused for good. */
    void givenUp(String reason) {
        drop(reason, sentExamples);
        sent = null;
    }

    /** Nobody wants what waits. */
    void clear(String reason) {
        for (Waiting each : unsent) {
            drop(reason, each.examples);
        }
        unsent.clear();
        waitingBytes = 0;
    }

    boolean isEmpty() {
        return sent == null && unsent.isEmpty();
    }

    private void drop(String reason, int examples) {
        dropped.merge(reason, (long) examples, Long::sum);
    }

    /** Examples dropped, by reason, since the start. */
    Map<String, Long> dropped() {
        return dropped;
    }

    long heapBytes() {
        Batch current = sent;
        return waitingBytes + (current == null ? 0 : current.bytes().length);
    }

    /** A request that was never sent. */
    private static final class Waiting {
        final byte[] bytes;
        final int plainBytes;
        final int examples;

        Waiting(byte[] bytes, int plainBytes, int examples) {
            this.bytes = bytes;
            this.plainBytes = plainBytes;
            this.examples = examples;
        }
    }
}
