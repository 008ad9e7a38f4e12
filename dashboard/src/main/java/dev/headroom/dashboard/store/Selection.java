package dev.headroom.dashboard.store;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to read.
 *
 * @param metrics names on the wire; empty means all
 * @param perInstance keep instances apart
 * @param without instances that are left out, which must be kept apart then; what is theirs alone is not even decoded
 * @param by keys of the attributes that series are told apart by, those that differ in others only are added up, but for readings of
 *     gauges, which do not add up; null for all
 */
public record Selection(
        String service,
        Set<String> metrics,
        TimeRange range,
        boolean perInstance,
        Set<String> without,
        @Nullable Set<String> by) {
    public Selection {
        if (!perInstance && !without.isEmpty()) {
            throw new IllegalArgumentException("Instances that are added up cannot be left out");
        }
    }

    public Selection(String service, Set<String> metrics, TimeRange range, boolean perInstance) {
        this(service, metrics, range, perInstance, Set.of(), null);
    }

    /** The same but for these instances. */
    public Selection leavingOut(Set<String> instances) {
        return new Selection(service, metrics, range, perInstance, instances, by);
    }

    /** The same, added up over all attributes but these. */
    public Selection addedUpBy(Set<String> attributes) {
        return new Selection(service, metrics, range, perInstance, without, attributes);
    }
}
