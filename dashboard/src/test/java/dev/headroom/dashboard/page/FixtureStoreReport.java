package dev.headroom.dashboard.page;

import dev.headroom.dashboard.store.StoreReport;
import dev.headroom.dashboard.store.StoreStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A store that was too large once and lost a file. */
final class FixtureStoreReport implements StoreReport {
    private volatile String refusal;

    void refuse(String reason) {
        refusal = reason;
    }

    @Override
    public String refusal() {
        return refusal;
    }

    @Override
    public StoreStatus status() {
        Instant now = Instant.now();
        return new StoreStatus(
                "/var/lib/headroom",
                19L << 30,
                20L << 30,
                81L << 30,
                refusal,
                List.of(
                        tier("raw", true, Duration.ofSeconds(5), Duration.ofHours(2), 5, 900, now, 1.2, false),
                        tier(
                                "service-10s",
                                false,
                                Duration.ofSeconds(10),
                                Duration.ofHours(24),
                                5,
                                1_800,
                                now,
                                26,
                                false),
                        tier("instance-1m", true, Duration.ofMinutes(1), Duration.ofHours(48), 6, 9_000, now, 31, true),
                        tier("service-1m", false, Duration.ofMinutes(1), Duration.ofDays(7), 8, 3_800, now, 171, true),
                        tier("instance-10m", true, Duration.ofMinutes(10), Duration.ofDays(7), 0, 0, now, 0, false),
                        tier(
                                "service-10m",
                                false,
                                Duration.ofMinutes(10),
                                Duration.ofDays(30),
                                3,
                                2_400,
                                now,
                                700,
                                false)),
                List.of(
                        event(
                                now.minusSeconds(600),
                                StoreStatus.Kind.REMOVED_EARLY,
                                "instance-1m",
                                "instance-1m-20261119T120000.db",
                                Duration.ofHours(6),
                                "the store had reached headroom.store.max-size (20 GB)"),
                        event(
                                now.minusSeconds(90_000),
                                StoreStatus.Kind.DAMAGED,
                                "service-1m",
                                "service-1m-20261116T000000.db",
                                Duration.ofDays(1),
                                "[SQLITE_CORRUPT] The database disk image is malformed (database disk image is malformed)")));
    }

    private static StoreStatus.Tier tier(
            String name,
            boolean perInstance,
            Duration cell,
            Duration keep,
            int files,
            long megabytes,
            Instant now,
            double hours,
            boolean shortened) {
        Instant oldest = files == 0 ? null : now.minusSeconds((long) (hours * 3_600));
        return new StoreStatus.Tier(name, perInstance, cell, keep, files, megabytes << 20, oldest, shortened);
    }

    private static StoreStatus.Event event(
            Instant time, StoreStatus.Kind kind, String tier, String file, Duration period, String reason) {
        return new StoreStatus.Event(
                time, kind, tier, file, time.minus(period.multipliedBy(2)), time.minus(period), 312L << 20, reason);
    }
}
