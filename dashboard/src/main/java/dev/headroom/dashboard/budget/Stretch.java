package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.store.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What quiet checks find when they look further back. Long ranges are read when a check needs them, and again after five minutes;
 * what came since is added from a short one, so that nothing is missing and little is read. Only of the subjects that were quiet
 * then something is kept: most have enough in their window. Not thread-safe.
 */
final class Stretch {
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final List<Duration> LEVELS =
            List.of(Duration.ofMinutes(15), Duration.ofMinutes(45), Duration.ofMinutes(135), Duration.ofHours(6));

    private final Map<Key, Base> bases = new HashMap<>();
    /** What came since a base; of the evaluation that is running. */
    private final Map<Since, Map<String, List<Tally>>> tails = new HashMap<>();

    private Instant begun = Instant.MIN;

    /** A subject's events since {@code length} before the window's end. */
    record Found(List<Tally> tallies, Duration length) {}

    private record Key(Check check, Duration level) {}

    private record Since(Check check, Instant to) {}

    /**
     * A long range as it was read.
     *
     * @param asked the subjects that it is known of
     * @param to where it ends
     */
    private record Base(Map<String, List<Tally>> tallies, Set<String> asked, Instant to) {}

    /** Before the checks of another evaluation. */
    void begin(Lookup lookup) {
        tails.clear();
        if (!begun.isAfter(lookup.end().minus(FRESH))) {
            bases.clear();
            begun = lookup.end();
        }
    }

    private static boolean reaches(Check check, Duration level) {
        return check.source() != null
                && check.budget().compare() == null
                && level.compareTo(check.budget().knobs().window()) > 0
                && level.compareTo(check.budget().knobs().stretch()) <= 0;
    }

    /** Subjects that had events within the check's stretch; read from the store, so not to be asked often. */
    static Set<String> subjects(Check check, Lookup lookup) {
        for (int i = LEVELS.size() - 1; i >= 0; i--) {
            if (reaches(check, LEVELS.get(i))) {
                TimeRange range = lookup.window(LEVELS.get(i));
                return Tally.count(check, lookup.events(check, range)).keySet();
            }
        }
        return Set.of();
    }

    /**
     * What the subject did over each longer time, shortest first; each is read when it is asked for.
     *
     * @param quiet all subjects of the check that will be asked for
     */
    Iterable<Found> of(Check check, String subject, Set<String> quiet, Lookup lookup) {
        List<Duration> levels = new ArrayList<>();
        LEVELS.stream().filter(level -> reaches(check, level)).forEach(levels::add);
        return () -> levels.stream()
                .map(level -> found(check, level, subject, quiet, lookup))
                .filter(found -> found != null)
                .iterator();
    }

    private @Nullable Found found(Check check, Duration level, String subject, Set<String> quiet, Lookup lookup) {
        Key key = new Key(check, level);
        Base base = bases.get(key);
        if (base == null || !base.asked.contains(subject)) {
            base = read(check, level, quiet, lookup);
            bases.put(key, base);
        }
        List<Tally> before = base.tallies.get(subject);
        List<Tally> tail = tail(check, base.to, lookup).get(subject);
        List<Tally> both = before == null ? tail : tail == null ? before : Tally.plus(before, tail);
        return both == null ? null : new Found(both, level.plus(Duration.between(begun, lookup.end())));
    }

    /** All long ranges end at the same moment, so that their tails are one. */
    private Base read(Check check, Duration level, Set<String> quiet, Lookup lookup) {
        Lookup.Events events = lookup.eventsUpTo(check, TimeRange.upTo(begun, level));
        Map<String, List<Tally>> tallies = Tally.count(check, events.sightings());
        tallies.keySet().retainAll(quiet);
        return new Base(tallies, new HashSet<>(quiet), events.to());
    }

    private Map<String, List<Tally>> tail(Check check, Instant from, Lookup lookup) {
        return tails.computeIfAbsent(
                new Since(check, from),
                since -> lookup.end().isAfter(from)
                        ? Tally.count(check, lookup.events(check, new TimeRange(from, lookup.end())))
                        : Map.of());
    }
}
