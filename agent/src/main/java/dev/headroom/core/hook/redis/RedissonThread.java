package dev.headroom.core.hook.redis;

import dev.headroom.core.record.RequestScope;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What one thread is doing with Redisson. Used by its own thread only; allocates nothing after it was made. */
final class RedissonThread {
    /** Bytes before those that were sent or read. */
    static final int OWN = 4;

    /** Four bytes of the advice's own, then the beginning of a command or of a value. */
    final ByteBuffer bytes = ByteBuffer.allocate(OWN + 1024);

    final InFlight.Claimed claimed = new InFlight.Claimed();

    /** The connection that a command is being encoded for; null when none is. */
    @Nullable
    SharedConnection encoding;

    /** Identity of the promise of that command. */
    int promise;

    /** The connection that a reply is being read from; null when nobody waits for one there. */
    @Nullable
    SharedConnection reading;

    /** Identity of the command that the reply is for; 0 when the library does not tell. */
    int answered;

    /** Whether what is being read is no reply to anything. */
    boolean pushed;

    /** Takes what was noted of an attempt. */
    final Sending<RedissonThread> noted = new Sending<>(this);

    /** For whom what this thread sends is, and from where; null for nobody. */
    @Nullable
    RequestScope asker;

    @Nullable
    String caller;

    /** Whether Redisson itself asks a connection whether it is alive. */
    boolean keepingAlive;
}
