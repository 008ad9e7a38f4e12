package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.StoreStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Puts together how the store is. Stateless; looks at the directory, a file's size at a time. */
final class StatusReport {
    private StatusReport() {}

    static StoreStatus of(StoreDirectory directory, StoreSettings settings, long freeBytes) {
        List<StoreStatus.Event> events = directory.events().all();
        Instant now = directory.events().now();
        List<StoreStatus.Tier> tiers = new ArrayList<>();
        for (Tier tier : Tier.values()) {
            List<PeriodFile> files = directory.files(tier);
            Duration keep = settings.keep(tier);
            Instant due = now.minus(keep);
            long bytes = 0;
            for (PeriodFile file : files) {
                bytes += file.bytes();
            }
            boolean shortened = events.stream()
                    .anyMatch(event -> event.loss()
                            && event.tier().equals(tier.title())
                            && event.to() != null
                            && event.to().isAfter(due));
            tiers.add(new StoreStatus.Tier(
                    tier.title(),
                    tier.perInstance(),
                    tier.cell(),
                    keep,
                    files.size(),
                    bytes,
                    files.isEmpty() ? null : files.get(0).start(),
                    shortened));
        }
        return new StoreStatus(
                directory.path().toAbsolutePath().normalize().toString(),
                directory.bytes(),
                settings.maxBytes(),
                freeBytes,
                directory.refusal(),
                List.copyOf(tiers),
                events);
    }
}
