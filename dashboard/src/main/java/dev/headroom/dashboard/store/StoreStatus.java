package dev.headroom.dashboard.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the store is: what it holds, how far back, and what it lost. Immutable.
 *
 * @param path its directory
 * @param bytes everything in the directory
 * @param maxBytes what it may grow to
 * @param freeBytes what the disk has left for it
 * @param refusal why nothing is stored at the moment; null when all is well
 * @param tiers finest first
 * @param events newest first; the store remembers some hundred
 */
public record StoreStatus(
        String path,
        long bytes,
        long maxBytes,
        long freeBytes,
        @Nullable String refusal,
        List<Tier> tiers,
        List<Event> events) {

    /**
     * Measurements of one level of detail.
     *
     * @param name as in settings and file names
     * @param perInstance false when merged over the instances of a service
     * @param cell the time that one value stands for
     * @param keep how long it is kept while there is room
     * @param oldest how far back it reaches; null while there is none
     * @param shortened true when a part that should still be there was removed for want of room or is damaged
     */
    public record Tier(
            String name,
            boolean perInstance,
            Duration cell,
            Duration keep,
            int files,
            long bytes,
            @Nullable Instant oldest,
            boolean shortened) {}

    /** What happened to a part of the store. */
    public enum Kind {
        /** The file was not what had been written; it was set aside. */
        DAMAGED,
        /** Single rows were not what had been written; they are skipped. */
        DAMAGED_ROWS,
        /** Deleted before its time, for want of room. */
        REMOVED_EARLY,
        /** The disk did not give it; it is tried again. */
        UNREADABLE,
        /** Nothing could be stored for a while. */
        REFUSED,
        /** Taken over from an older dashboard's store. */
        TAKEN_OVER
    }

    /**
     * @param tier name of the tier; empty for the rest of the store
     * @param from where the part begins; null when it is not a part of measurements
     * @param bytes how large the file was
     * @param reason why, in words
     */
    public record Event(
            Instant time,
            Kind kind,
            String tier,
            String file,
            @Nullable Instant from,
            @Nullable Instant to,
            long bytes,
            String reason) {
        /** True when measurements are gone. */
        public boolean loss() {
            return kind == Kind.DAMAGED || kind == Kind.DAMAGED_ROWS || kind == Kind.REMOVED_EARLY;
        }
    }

    /** True when everything is stored and nothing is lost that should still be there. */
    public boolean sound() {
        return refusal == null && tiers.stream().noneMatch(Tier::shortened);
    }
}
