package dev.headroom.dashboard.budget;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which subjects each check has met since the start, at most {@link Tally#MAX_SUBJECTS} of each. Not thread-safe. */
final class Subjects {
    private final Map<Check, Set<String>> seen = new HashMap<>();

    /** True when the check had never met any before. */
    boolean met(Check check, String subject) {
        Set<String> subjects = seen.get(check);
        boolean first = subjects == null;
        if (subjects == null) {
            subjects = new LinkedHashSet<>();
            seen.put(check, subjects);
        }
        if (subjects.size() < Tally.MAX_SUBJECTS) {
            subjects.add(subject);
        }
        return first;
    }

    boolean any(Check check) {
        return seen.containsKey(check);
    }

    List<String> of(Check check) {
        return new ArrayList<>(seen.getOrDefault(check, Set.of()));
    }
}
