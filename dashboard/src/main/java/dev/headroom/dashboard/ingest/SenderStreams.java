package dev.headroom.dashboard.ingest;

import dev.headroom.dashboard.store.StreamStates;
import dev.headroom.histogram.HistogramSnapshot;
import dev.headroom.otlp.ExplicitHistogram;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The stream states of one sender, and their bytes in the store. Not thread-safe. */
final class SenderStreams {
    private static final int FORMAT = 1;

    private final Map<StreamKey, StreamState> states = new HashMap<>();

    @Nullable
    StreamState get(StreamKey key) {
        return states.get(key);
    }

    void put(StreamKey key, StreamState state) {
        states.put(key, state);
    }

    /** When the sender last sent each metric, in whatever stream; by names as sent. */
    Map<String, Long> lastByMetric() {
        Map<String, Long> last = new HashMap<>();
        states.forEach((key, state) -> last.merge(key.metric(), state.timeNanos(), Math::max));
        return last;
    }

    /** Forgets all but the newest streams of a metric. */
    void keepNewest(String metric, int most) {
        List<StreamKey> oldestFirst = states.entrySet().stream()
                .filter(entry -> entry.getKey().metric().equals(metric))
                .sorted(Comparator.comparingLong(entry -> entry.getValue().timeNanos()))
                .map(Map.Entry::getKey)
                .toList();
        for (int i = 0; i < oldestFirst.size() - most; i++) {
            states.remove(oldestFirst.get(i));
        }
    }

    /** Forgets streams that ended before the time. */
    void forgetBefore(long nanos) {
        states.values().removeIf(state -> state.timeNanos() < nanos);
    }

    static SenderStreams read(@Nullable StreamStates stored) {
        SenderStreams streams = new SenderStreams();
        if (stored == null) {
            return streams;
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(stored.bytes()))) {
            int format = in.readInt();
            if (format != FORMAT) {
                throw new IllegalStateException("Stream states of format " + format + ", expected " + FORMAT);
            }
            for (int left = in.readInt(); left > 0; left--) {
                String metric = text(in);
                String kind = text(in);
                Map<String, String> attributes = new TreeMap<>();
                for (int more = in.readInt(); more > 0; more--) {
                    attributes.put(text(in), text(in));
                }
                streams.put(new StreamKey(metric, kind, attributes), state(in));
            }
            return streams;
        } catch (IOException failure) {
            throw new UncheckedIOException("Stream states in the store end too early", failure);
        }
    }

    StreamStates toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(FORMAT);
            out.writeInt(states.size());
            for (Map.Entry<StreamKey, StreamState> entry : states.entrySet()) {
                text(out, entry.getKey().metric());
                text(out, entry.getKey().kind());
                out.writeInt(entry.getKey().attributes().size());
                for (Map.Entry<String, String> attribute :
                        entry.getKey().attributes().entrySet()) {
                    text(out, attribute.getKey());
                    text(out, attribute.getValue());
                }
                state(out, entry.getValue());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return new StreamStates(bytes.toByteArray());
    }

    private static void state(DataOutputStream out, StreamState state) throws IOException {
        out.writeLong(state.startNanos());
        out.writeLong(state.timeNanos());
        out.writeDouble(state.value());
        HistogramSnapshot exponential = state.exponential();
        out.writeBoolean(exponential != null);
        if (exponential != null) {
            out.writeInt(exponential.scale());
            out.writeInt(exponential.offset());
            out.writeInt(exponential.bucketCount());
            for (int i = 0; i < exponential.bucketCount(); i++) {
                out.writeLong(exponential.bucket(i));
            }
            out.writeLong(exponential.zeroCount());
            out.writeDouble(exponential.sum());
            out.writeDouble(exponential.min());
            out.writeDouble(exponential.max());
        }
        ExplicitHistogram explicit = state.explicit();
        out.writeBoolean(explicit != null);
        if (explicit != null) {
            out.writeInt(explicit.bounds().length);
            for (double bound : explicit.bounds()) {
                out.writeDouble(bound);
            }
            for (long count : explicit.counts()) {
                out.writeLong(count);
            }
            out.writeDouble(explicit.sum());
            out.writeDouble(explicit.min());
            out.writeDouble(explicit.max());
        }
    }

    private static StreamState state(DataInputStream in) throws IOException {
        long start = in.readLong();
        long time = in.readLong();
        double value = in.readDouble();
        HistogramSnapshot exponential = in.readBoolean() ? exponential(in) : null;
        ExplicitHistogram explicit = in.readBoolean() ? explicit(in) : null;
        return new StreamState(start, time, value, exponential, explicit);
    }

    private static HistogramSnapshot exponential(DataInputStream in) throws IOException {
        int scale = in.readInt();
        int offset = in.readInt();
        long[] buckets = new long[in.readInt()];
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = in.readLong();
        }
        return new HistogramSnapshot(
                scale, offset, buckets, in.readLong(), in.readDouble(), in.readDouble(), in.readDouble());
    }

    private static ExplicitHistogram explicit(DataInputStream in) throws IOException {
        double[] bounds = new double[in.readInt()];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = in.readDouble();
        }
        long[] counts = new long[bounds.length + 1];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = in.readLong();
        }
        return new ExplicitHistogram(bounds, counts, in.readDouble(), in.readDouble(), in.readDouble());
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    private static String text(DataInputStream in) throws IOException {
        byte[] utf8 = new byte[in.readInt()];
        in.readFully(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
