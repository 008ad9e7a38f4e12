package dev.headroom.core.hook.redis;

import dev.headroom.core.record.CallStack;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * Carries what was timed of a command from the thread that read its reply to the one that waits for it, by the identity of the
 * library's command object. A command overwritten by another before anybody asked is lost, to the request's examples only.
 * Thread-safe; allocates nothing after it was made.
 */
final class RecentCalls {
    private static final int SLOTS = 256;

    /** 0: being written. */
    private final AtomicIntegerArray owners = new AtomicIntegerArray(SLOTS);

    private final @Nullable CommandSeries[] series = new @Nullable CommandSeries[SLOTS];
    private final @Nullable String[] errors = new @Nullable String[SLOTS];
    private final long[] starts = new long[SLOTS];
    private final long[] durations = new long[SLOTS];
    private final long[] sizes = new long[SLOTS];

    /** One thread may write in a slot at a time only by luck: of two that do, one call may be told in place of the other. */
    void put(int identity, CommandSeries command, long startNanos, long nanos, long bytes, @Nullable String error) {
        int at = identity & (SLOTS - 1);
        owners.set(at, 0);
        series[at] = command;
        errors[at] = error;
        starts[at] = startNanos;
        durations[at] = nanos;
        sizes[at] = bytes;
        owners.set(at, identity);
    }

    /** Tells the request of the thread that waited for the command, if it is still known; 0 is none. */
    void tell(int identity, CallStack waiting, long found) {
        int at = identity & (SLOTS - 1);
        if (identity == 0 || owners.get(at) != identity) {
            return;
        }
        CommandSeries command = series[at];
        String error = errors[at];
        long startNanos = starts[at];
        long nanos = durations[at];
        long bytes = sizes[at];
        if (command != null && owners.compareAndSet(at, identity, 0)) {
            waiting.request().redisCommands(1);
            command.called(waiting, startNanos, nanos, bytes, found, error);
        }
    }
}
