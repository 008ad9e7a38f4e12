package dev.headroom.dashboard.ingest;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory all requests in flight may take together. Who comes when it is used up is told to come again; a request that is
 * alone is always let in, whatever its size, so that none is turned away for ever. Thread-safe.
 */
final class BodyMemory {
    private final long maxBytes;
    private final AtomicLong held = new AtomicLong();

    BodyMemory(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    Hold hold() {
        return new Hold();
    }

    long held() {
        return held.get();
    }

    /** One request's part, given back as a whole. Its own bytes are added by one thread at a time. */
    final class Hold implements AutoCloseable {
        private long mine;

        private Hold() {}

        /** @throws OtlpRefusal to be repeated, when the memory is used up by others */
        void add(long bytes) {
            long total = held.addAndGet(bytes);
            mine += bytes;
            if (total > maxBytes && total > mine) {
                throw OtlpRefusal.overloaded("The requests in flight take " + total + " bytes of the " + maxBytes
                        + " that the dashboard has for them; send again later");
            }
        }

        @Override
        public void close() {
            held.addAndGet(-mine);
            mine = 0;
        }
    }
}
