package dev.headroom.core.hook.redis;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.record.Attributes;
import dev.headroom.core.record.CounterSeries;
import dev.headroom.core.record.DurationSeries;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.record.RequestScope;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded of one command with keys of one shape. A command answered is recorded exactly once: with its duration, or in
 * the counter of untimed commands. So the two together equal the server's count of calls. Thread-safe.
 */
final class CommandSeries {
    final RedisCommand command;
    private final @Nullable KeyPattern pattern;
    private final Recorder recorder;
    private final Attributes attributes;
    private volatile @Nullable DurationSeries timed;
    private volatile @Nullable DurationSeries waits;
    private volatile @Nullable CounterSeries untimed;

    CommandSeries(RedisCommand command, @Nullable KeyPattern pattern, Recorder recorder) {
        this.command = command;
        this.pattern = pattern;
        this.recorder = recorder;
        Attributes named = of(command.commandName());
        this.attributes = pattern == null ? named : named.with(Attribute.DB_KEY_PATTERN, pattern.text());
    }

    static Attributes of(String operation) {
        return Attributes.of(Attribute.DB_SYSTEM, "redis").with(Attribute.DB_OPERATION, operation);
    }

    void timed(long nanos, @Nullable String error) {
        DurationSeries series = timed;
        if (series == null) {
            series = recorder.duration(Metric.DB_DURATION, attributes);
            timed = series;
        }
        (error == null ? series : series.failed(error)).record(nanos);
    }

    void waited(long nanos, @Nullable String error) {
        DurationSeries series = waits;
        if (series == null) {
            series = recorder.duration(Metric.REDIS_BLOCKING_WAIT, attributes);
            waits = series;
        }
        (error == null ? series : series.failed(error)).record(nanos);
        untimed(error);
    }

    void untimed(@Nullable String error) {
        if (error != null) {
            recorder.counter(Metric.REDIS_UNTIMED, attributes.with(Attribute.ERROR_TYPE, error))
                    .add(1);
            return;
        }
        CounterSeries series = untimed;
        if (series == null) {
            series = recorder.counter(Metric.REDIS_UNTIMED, attributes);
            untimed = series;
        }
        series.add(1);
    }

    /**
     * Reads hits and misses from a successful reply.
     *
     * @param arguments how many arguments the command had
     * @param fullRange whether a range was asked for as a whole
     */
    void lookups(@Nullable Object reply, int arguments, boolean fullRange, RequestScope request) {
        if (pattern == null) {
            return;
        }
        long hits = 0;
        long misses = 0;
        switch (command.lookup) {
            case VALUE:
                hits = reply == null ? 0 : 1;
                misses = 1 - hits;
                break;
            case ELEMENTS:
                if (reply instanceof List) {
                    List<?> elements = (List<?>) reply;
                    for (int i = 0; i < elements.size(); i++) {
                        hits += elements.get(i) == null ? 0 : 1;
                    }
                    misses = elements.size() - hits;
                }
                break;
            case COUNT:
                if (reply instanceof Long) {
                    hits = (Long) reply;
                    misses = arguments - hits;
                }
                break;
            case FULL_RANGE:
                if (!fullRange) {
                    return;
                }
                hits = isEmpty(reply) ? 0 : 1;
                misses = 1 - hits;
                break;
            case AGGREGATE:
                hits = isEmpty(reply) ? 0 : 1;
                misses = 1 - hits;
                break;
            case MEMBERSHIP:
                membership(pattern, reply);
                return;
            case NONE:
                return;
        }
        pattern.hits(hits, recorder);
        pattern.misses(misses, recorder);
        if (request.active()) {
            for (long i = 0; i < hits; i++) {
                request.cache(true);
            }
            for (long i = 0; i < misses; i++) {
                request.cache(false);
            }
        }
    }

    private void membership(KeyPattern of, @Nullable Object reply) {
        long in = 0;
        long out = 0;
        if (reply instanceof List) {
            for (Object element : (List<?>) reply) {
                in += isOne(element) ? 1 : 0;
                out += isOne(element) ? 0 : 1;
            }
        } else {
            in = isOne(reply) ? 1 : 0;
            out = 1 - in;
        }
        of.membership(in, out, recorder);
    }

    /** RESP2 answers 0 or 1, RESP3 may answer false or true. */
    private static boolean isOne(@Nullable Object answer) {
        return answer instanceof Long ? (Long) answer == 1 : Boolean.TRUE.equals(answer);
    }

    private static boolean isEmpty(@Nullable Object reply) {
        return reply == null
                || (reply instanceof List && ((List<?>) reply).isEmpty())
                || (reply instanceof Map && ((Map<?, ?>) reply).isEmpty());
    }
}
