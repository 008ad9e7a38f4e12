package dev.headroom.dashboard.compare;

import dev.headroom.dashboard.store.TimeRange;
import org.jspecify.annotations.Nullable;

/**
 * One of the two stretches that are compared.
 *
 * @param asked how it was asked for, as it stands in the address
 * @param words what it is, for people
 * @param version only the JVMs of this {@code service.version}; null for all
 */
public record Side(
        String asked,
        String words,
        TimeRange range,
        @Nullable String version) {
    /** The same stretch in an address that does not move with the clock. */
    public String fixed() {
        return version == null ? range.from() + "/" + range.to() : "version:" + version;
    }
}
