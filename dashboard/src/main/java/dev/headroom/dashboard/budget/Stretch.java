package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.store.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What quiet checks find when they look further back. The long ranges are read once a minute; what came since is added from a
 * short one, so that nothing is missing and little is read. Not thread-safe.
 */
final class Stretch {
    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final List<Duration> LEVELS =
            List.of(Duration.ofMinutes(15), Duration.ofMinutes(45), Duration.ofMinutes(135), Duration.ofHours(6));

    private final List<Check> checks;
    private final Map<Duration, Map<Check, Map<String, List<Tally>>>> bases = new HashMap<>();
    private Instant base = Instant.MIN;
    /** What came since the base, by check; of the evaluation that is running. */
    private final Map<Check, Map<String, List<Tally>>> tails = new HashMap<>();

    /** A subject's events since {@code length} before the window's end. */
    record Found(List<Tally> tallies, Duration length) {}

    Stretch(List<Check> checks) {
        this.checks = checks;
    }

    /** Reads the long ranges anew when the last time is a minute ago. */
    void refresh(Lookup lookup) {
        tails.clear();
        if (base.isAfter(lookup.end().minus(FRESH))) {
            return;
        }
        Instant end = lookup.end();
        bases.clear();
        for (Duration level : LEVELS) {
            Map<Check, Map<String, List<Tally>>> tallies = new HashMap<>();
            for (Check check : checks) {
                if (reaches(check, level)) {
                    Duration warmup = check.budget().knobs().warmup();
                    tallies.put(check, Tally.count(check, lookup.events(TimeRange.upTo(end, level), warmup)));
                }
            }
            bases.put(level, tallies);
        }
        base = lookup.readTo();
    }

    private static boolean reaches(Check check, Duration level) {
        return check.source() != null
                && check.budget().compare() == null
                && level.compareTo(check.budget().knobs().window()) > 0
                && level.compareTo(check.budget().knobs().stretch()) <= 0;
    }

    /** Subjects that had events within the check's stretch. */
    List<String> subjects(Check check) {
        List<String> subjects = new ArrayList<>();
        for (int i = LEVELS.size() - 1; i >= 0; i--) {
            Map<String, List<Tally>> found = tallies(check, LEVELS.get(i));
            if (found != null) {
                subjects.addAll(found.keySet());
                return subjects;
            }
        }
        return subjects;
    }

    private @Nullable Map<String, List<Tally>> tallies(Check check, Duration level) {
        Map<Check, Map<String, List<Tally>>> checksOfLevel = bases.get(level);
        return checksOfLevel == null ? null : checksOfLevel.get(check);
    }

    /** What the subject did over each longer time, shortest first. */
    List<Found> of(Check check, String subject, Lookup lookup) {
        List<Found> found = new ArrayList<>();
        List<Tally> tail =
                tails.computeIfAbsent(check, any -> tail(any, lookup)).get(subject);
        for (Duration level : LEVELS) {
            Map<String, List<Tally>> tallies = tallies(check, level);
            if (tallies == null) {
                continue;
            }
            List<Tally> base = tallies.get(subject);
            if (base == null && tail == null) {
                continue;
            }
            List<Tally> both = base == null ? tail : tail == null ? base : Tally.plus(base, tail);
            if (both != null) {
                found.add(new Found(both, level.plus(Duration.between(this.base, lookup.end()))));
            }
        }
        return found;
    }

    private Map<String, List<Tally>> tail(Check check, Lookup lookup) {
        if (!lookup.end().isAfter(base)) {
            return Map.of();
        }
        TimeRange range = new TimeRange(base, lookup.end());
        return Tally.count(check, lookup.events(range, check.budget().knobs().warmup()));
    }
}
