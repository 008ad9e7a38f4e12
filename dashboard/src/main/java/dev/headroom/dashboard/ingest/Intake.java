package dev.headroom.dashboard.ingest;

import java.util.concurrent.atomic.AtomicLong;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * Bounds the bytes of requests that were read and wait to be stored. Beyond it requests are turned away, to be sent again later:
 * the senders keep them, and the dashboard's memory stays what it is however many senders come at once. Thread-safe.
 */
@Component
final class Intake {
    private final long maxBytes;
    private final AtomicLong waiting = new AtomicLong();

    Intake(@Value("${headroom.ingest.max-waiting}") DataSize maxWaiting) {
        this.maxBytes = maxWaiting.toBytes();
    }

    /** Takes the bytes in until {@link #leave}; a request of any size is let in when nothing else waits. */
    void enter(long bytes) {
        long all = waiting.addAndGet(bytes);
        if (all > maxBytes && all > bytes) {
            waiting.addAndGet(-bytes);
            throw OtlpRefusal.overloaded((all - bytes) + " bytes of requests wait to be stored already, at most "
                    + maxBytes + " may (headroom.ingest.max-waiting); send again later");
        }
    }

    void leave(long bytes) {
        waiting.addAndGet(-bytes);
    }

    /** Bytes that wait. */
    long waitingBytes() {
        return waiting.get();
    }
}
