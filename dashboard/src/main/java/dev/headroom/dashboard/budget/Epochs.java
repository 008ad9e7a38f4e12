package dev.headroom.dashboard.budget;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Moments with a name in a service's life: deploys, migrations. Thread-safe; may block on the store. */
public interface Epochs {
    /** Nothing was ever deployed. */
    Epochs NONE = new Epochs() {
        @Override
        public @Nullable Instant lastDeploy(String service, Instant before) {
            return null;
        }

        @Override
        public @Nullable Instant named(String service, String name) {
            return null;
        }
    };

    /** The service's newest deploy strictly before a moment, or null. */
    @Nullable
    Instant lastDeploy(String service, Instant before);

    /** The newest epoch of that name, or null. */
    @Nullable
    Instant named(String service, String name);
}
