package dev.headroom.dashboard.epoch;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A moment with a name.
 *
 * @param name such as a version; unique per service, kind and moment
 */
public record Epoch(String service, Kind kind, String name, Instant at) {
    /** Names are for people and for {@code range:FROM/TO}, which a slash would cut. */
    public static final int LONGEST_NAME = 100;

    /** What happened. */
    public enum Kind {
        DEPLOY,
        MIGRATION;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static @Nullable Kind of(String word) {
            for (Kind kind : values()) {
                if (kind.word().equals(word)) {
                    return kind;
                }
            }
            return null;
        }
    }
}
