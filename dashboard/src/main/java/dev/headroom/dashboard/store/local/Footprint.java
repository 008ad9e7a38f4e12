package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.Point;
import dev.headroom.dashboard.store.Value;
import java.util.List;

/** What batches take of the memory, about. Stateless and thread-safe. */
final class Footprint {
    private static final long BATCH = 512;
    /** With a few attributes. */
    private static final long POINT = 512;

    private Footprint() {}

    static long of(List<Batch> batches) {
        long bytes = 0;
        for (Batch batch : batches) {
            bytes += BATCH;
            for (Point point : batch.points()) {
                bytes += POINT;
                if (point.value() instanceof Value.Distribution distribution) {
                    bytes += 8L * distribution.histogram().bucketCount();
                }
            }
        }
        return bytes;
    }
}
