package dev.headroom.dashboard.redis;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a server said last. Immutable.
 *
 * @param service under which its measurements are stored
 * @param problem why it could not be asked; null when it answered, else the figures are those of before, or 0
 * @param maxMemoryBytes 0 where it has no limit
 * @param hitRatio of all clients since the server started; null without lookups
 * @param evictedPerSecond since the reading before
 * @param endlessKeys without a lifetime
 * @param evictionPolicy what it does when its memory is full
 * @param appendOnly whether it keeps a log of its writes
 * @param savedAt of its newest snapshot; null where it does not tell
 * @param unsavedChanges since then
 */
public record ServerReading(
        String name,
        String service,
        String address,
        Instant at,
        @Nullable String problem,
        String version,
        long usedMemoryBytes,
        long maxMemoryBytes,
        double evictedPerSecond,
        double expiredPerSecond,
        @Nullable Double hitRatio,
        long keys,
        long endlessKeys,
        long clients,
        double pingMs,
        boolean persistenceFailed,
        String evictionPolicy,
        boolean appendOnly,
        @Nullable Instant savedAt,
        long unsavedChanges) {
    ServerReading failed(Instant now, String reason) {
        return new ServerReading(
                name,
                service,
                address,
                now,
                reason,
                version,
                usedMemoryBytes,
                maxMemoryBytes,
                0,
                0,
                hitRatio,
                keys,
                endlessKeys,
                clients,
                pingMs,
                persistenceFailed,
                evictionPolicy,
                appendOnly,
                savedAt,
                unsavedChanges);
    }
}
