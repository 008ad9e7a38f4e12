package dev.headroom.core.hook.redis;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What one thread is doing with Lettuce: the connections it writes to or reads from, innermost last, and the command it waits for.
 * Used by its own thread only; allocates nothing after it was made.
 */
final class LettuceThread {
    /** Bytes before those that were sent. */
    static final int OWN = 4;

    private static final int MAX_NESTED = 16;

    /** Four bytes of the advice's own, then the beginning of a command as sent: enough for its name, its first key and what stands between. */
    final ByteBuffer sent = ByteBuffer.allocate(OWN + 1024);

    final InFlight.Claimed claimed = new InFlight.Claimed();
    private final @Nullable SharedConnection[] nested = new SharedConnection[MAX_NESTED];
    private int depth;

    /** Identity of the command this thread waits for; 0 when it waits for none. */
    int awaited;

    /** Whether a transaction is open meanwhile, and since when it waits then. */
    boolean waits;

    long waitsSince;

    /** The command that this thread waited for in vain, and that was never sent. */
    @Nullable
    CommandSeries unsent;

    /** Whether a command is being completed whose reply points elsewhere, and was sent again. */
    boolean deciding;

    boolean sentAgain;

    void begin(@Nullable SharedConnection connection) {
        if (depth < MAX_NESTED) {
            nested[depth] = connection;
        }
        depth++;
    }

    void end() {
        depth = Math.max(0, depth - 1);
        if (depth < MAX_NESTED) {
            nested[depth] = null;
        }
    }

    /** The connection at work; null outside of Lettuce. */
    @Nullable
    SharedConnection connection() {
        return depth == 0 || depth > MAX_NESTED ? null : nested[depth - 1];
    }
}
