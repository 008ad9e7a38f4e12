package dev.headroom.core.hook.redis;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.record.Attributes;
import dev.headroom.core.record.CounterSeries;
import dev.headroom.core.record.Recorder;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A shape of Redis keys such as {@code user:profile:{id}}, with the counters of its cache lookups and the series of the commands
 * sent with such keys. Thread-safe.
 */
final class KeyPattern {
    private static final String MEMBERSHIP = " (membership)";

    private static final AtomicReferenceFieldUpdater<KeyPattern, EntryWrites> WRITES =
            AtomicReferenceFieldUpdater.newUpdater(KeyPattern.class, EntryWrites.class, "writes");

    private final String text;
    private final ConcurrentHashMap<RedisCommand, CommandSeries> commands = new ConcurrentHashMap<>();
    private volatile @Nullable EntryWrites writes;
    private volatile @Nullable CounterSeries hits;
    private volatile @Nullable CounterSeries misses;
    private volatile @Nullable CounterSeries members;
    private volatile @Nullable CounterSeries strangers;

    KeyPattern(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /** The series of one command sent with keys of this shape. */
    CommandSeries command(RedisCommand command, Recorder recorder) {
        CommandSeries known = commands.get(command);
        if (known == null) {
            known = new CommandSeries(command, this, recorder);
            commands.put(command, known);
        }
        return known;
    }

    /** What is known of the entries under such keys. */
    EntryWrites writes(Recorder recorder) {
        EntryWrites known = writes;
        return known == null ? firstWrites(recorder) : known;
    }

    private EntryWrites firstWrites(Recorder recorder) {
        EntryWrites made = new EntryWrites(text, recorder);
        while (!WRITES.compareAndSet(this, null, made)) {
            EntryWrites others = writes;
            if (others != null) {
                return others;
            }
        }
        return made;
    }

    void hits(long amount, Recorder recorder) {
        if (amount > 0) {
            CounterSeries series = hits;
            if (series == null) {
                series = lookups(text, "hit", recorder);
                hits = series;
            }
            series.add(amount);
        }
    }

    void misses(long amount, Recorder recorder) {
        if (amount > 0) {
            CounterSeries series = misses;
            if (series == null) {
                series = lookups(text, "miss", recorder);
                misses = series;
            }
            series.add(amount);
        }
    }

    /** Asking whether something is in a set is no cache lookup: it is counted beside the pattern's own. */
    void membership(long in, long out, Recorder recorder) {
        if (in > 0) {
            CounterSeries series = members;
            if (series == null) {
                series = lookups(text + MEMBERSHIP, "hit", recorder);
                members = series;
            }
            series.add(in);
        }
        if (out > 0) {
            CounterSeries series = strangers;
            if (series == null) {
                series = lookups(text + MEMBERSHIP, "miss", recorder);
                strangers = series;
            }
            series.add(out);
        }
    }

    private static CounterSeries lookups(String cache, String result, Recorder recorder) {
        return recorder.counter(
                Metric.CACHE_GETS, Attributes.of(Attribute.CACHE_NAME, cache).with(Attribute.CACHE_RESULT, result));
    }
}
