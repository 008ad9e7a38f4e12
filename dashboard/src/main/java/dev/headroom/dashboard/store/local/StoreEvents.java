package dev.headroom.dashboard.store.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happened to files, told in the log. Thread-safe. */
final class StoreEvents {
    private static final Logger LOG = LoggerFactory.getLogger(StoreEvents.class);

    private final InstantSource clock;

    StoreEvents(InstantSource clock) {
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    void lost(PeriodFile file, String error, long bytes) {
        LOG.error(
                "The store's file {} ({} bytes) is damaged and was set aside; {} of {} to {} is lost, the rest goes on: {}",
                file,
                bytes,
                file.tier().title(),
                file.start(),
                file.end(),
                error);
    }

    void refused(Path file, SqliteFailure failure, String error) {
        LOG.warn("The disk refuses the store's file {} ({}): {}", file.getFileName(), failure, error);
    }

    void notDeleted(Path file, IOException failure) {
        LOG.warn("The store's file {} could not be deleted or set aside: {}", file, failure.toString());
    }
}
