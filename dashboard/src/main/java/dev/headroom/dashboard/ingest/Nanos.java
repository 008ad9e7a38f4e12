package dev.headroom.dashboard.ingest;

import java.time.Instant;

/** OTLP's time: nanoseconds since 1970. */
final class Nanos {
    private static final long PER_SECOND = 1_000_000_000L;

    private Nanos() {}

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, PER_SECOND), Math.floorMod(nanos, PER_SECOND));
    }

    static long of(Instant time) {
        return time.getEpochSecond() * PER_SECOND + time.getNano();
    }
}
