package dev.headroom.core.hook.redis;

import dev.headroom.core.hook.redis.RedisCommand.Lookup;
import dev.headroom.core.hook.redis.RedisCommand.Role;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.record.RequestScope;
import org.jspecify.annotations.Nullable;

/**
 * Round trips that carried several commands. {@code PIPELINE} is no command of Redis; {@code MULTI} counts the command of that
 * name, its duration being the whole transaction's. Thread-safe.
 */
final class RoundTrips {
    private final CommandSeries pipeline;
    private final CommandSeries multi;

    RoundTrips(RedisCommands commands, Recorder recorder) {
        RedisCommand several = new RedisCommand("PIPELINE", RedisCommand.NO_KEY, -1, Lookup.NONE, Role.PLAIN, false);
        this.pipeline = new CommandSeries(several, null, recorder);
        this.multi = new CommandSeries(commands.named("MULTI"), null, recorder);
    }

    void pipeline(long nanos, @Nullable String error) {
        pipeline.timed(nanos, error);
    }

    /** The same, for the request of the thread that read the replies. */
    void pipeline(CallStack reader, long startNanos, long nanos, @Nullable String error) {
        pipeline.timed(nanos, error);
        pipeline.called(reader, startNanos, nanos, -1, 0, error);
    }

    /** The same, for a request that may have it sent and read by other threads; null: for none. */
    void pipeline(
            @Nullable RequestScope asker,
            long startNanos,
            long nanos,
            @Nullable String error,
            @Nullable String caller) {
        pipeline.timed(nanos, error);
        if (asker != null) {
            pipeline.called(asker, startNanos, nanos, -1, 0, error, caller);
        }
    }

    /** The same, for a request that may have it sent and read by other threads; null: for none. */
    void multi(
            @Nullable RequestScope asker, long endNanos, long nanos, @Nullable String error, @Nullable String caller) {
        multi.timed(nanos, error);
        if (asker != null) {
            multi.called(asker, endNanos - nanos, nanos, -1, 0, error, caller);
        }
    }

    /** The same, for the request of the thread that read the replies. */
    void multi(CallStack reader, long endNanos, long nanos, @Nullable String error) {
        multi.timed(nanos, error);
        multi.called(reader, endNanos - nanos, nanos, -1, 0, error);
    }

    void multi(long nanos, @Nullable String error) {
        multi.timed(nanos, error);
    }

    /** Transactions inside a pipeline, whose time is the pipeline's. */
    void multiUntimed(int transactions) {
        for (int i = 0; i < transactions; i++) {
            multi.untimed(null);
        }
    }
}
