package dev.headroom.core.hook.redis;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.record.Attributes;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.CounterSeries;
import dev.headroom.core.record.DurationSeries;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.record.RequestScope;
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

    /**
     * Tells the request that a thread serves of a command that was timed before.
     *
     * @param bytes of the value that was read or written; negative where there is none, or nobody told
     */
    void called(CallStack thread, long startNanos, long nanos, long bytes, long found, @Nullable String error) {
        DurationSeries series = timed;
        if (series != null) {
            thread.called(CallStack.Kind.REDIS, series, startNanos, nanos, bytes, found, error);
        }
    }

    /**
     * Tells the request for which it was sent, on whatever thread, of a command that was timed before.
     *
     * @param asker what {@link RequestScope#elsewhere()} gave
     */
    void called(
            RequestScope asker,
            long startNanos,
            long nanos,
            long bytes,
            long found,
            @Nullable String error,
            @Nullable String caller) {
        DurationSeries series = timed;
        if (series != null && nanos != Clock.UNTIMED) {
            asker.ended(CallStack.Kind.REDIS, series, startNanos, nanos, bytes, found, error, caller, 0);
        }
    }

    /**
     * Of the one value that a successful reply brought, else of the one that the command wrote; negative where there is none.
     *
     * @param written of the value sent; negative for none
     */
    long bytes(Answer answer, int written) {
        long read = command.lookup == RedisCommand.Lookup.VALUE ? answer.bytes() : -1;
        return read >= 0 ? read : written;
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
     * Counts the hits and misses that a successful reply tells of.
     *
     * @param arguments how many arguments the command had
     * @param fullRange whether a range was asked for as a whole
     * @return both, see {@link Answer#hits} and {@link Answer#misses}: for the account of the request
     */
    long lookups(Answer answer, int arguments, boolean fullRange) {
        KeyPattern of = pattern;
        if (of != null && answer.elements() > 0 && command.collection()) {
            // A hash is answered with its fields and values by turns.
            boolean pairs = command.lookup == RedisCommand.Lookup.AGGREGATE
                    && command.commandName().equals("HGETALL");
            of.writes(recorder).elements(pairs ? answer.elements() / 2 : answer.elements());
        }
        if (of == null || (command.lookup == RedisCommand.Lookup.FULL_RANGE && !fullRange)) {
            return 0;
        }
        if (command.lookup == RedisCommand.Lookup.MEMBERSHIP) {
            of.membership(answer.ones(), answer.others(), recorder);
            return 0;
        }
        if (command.lookup == RedisCommand.Lookup.VALUE && answer.bytes() >= 0) {
            of.writes(recorder).size(answer.bytes());
        }
        long found = answer.lookups(command.lookup, arguments);
        of.hits(Answer.hits(found), recorder);
        of.misses(Answer.misses(found), recorder);
        return found;
    }
}
