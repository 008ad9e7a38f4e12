package dev.headroom.dashboard.ingest;

import java.util.Map;
import java.util.TreeMap;

/** Points of one request that are not kept, by reason; what a partial success tells the sender. Not thread-safe. */
final class Rejections {
    private static final int MAX_MESSAGE = 2_000;

    private final Map<String, Long> reasons = new TreeMap<>();
    private final Map<String, Long> warnings = new TreeMap<>();

    private final String noun;

    Rejections() {
        this("point");
    }

    /** @param noun what is rejected, in the singular */
    Rejections(String noun) {
        this.noun = noun;
    }

    void add(String reason, long points) {
        if (points > 0) {
            reasons.merge(reason, points, Long::sum);
        }
    }

    /** Points that were kept, but not as they came. */
    void warn(String what, long points) {
        if (points > 0) {
            warnings.merge(what, points, Long::sum);
        }
    }

    long total() {
        return reasons.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Empty when there is nothing to say; cut where a sender's many names would make it long. */
    String message() {
        StringBuilder text = new StringBuilder();
        reasons.forEach((reason, points) -> append(text, points, "rejected", reason));
        warnings.forEach((what, points) -> append(text, points, "kept", what));
        if (text.length() > MAX_MESSAGE) {
            text.setLength(MAX_MESSAGE);
            text.append(" ...");
        }
        return text.toString();
    }

    private void append(StringBuilder text, long points, String fate, String why) {
        if (text.length() > MAX_MESSAGE) {
            return;
        }
        text.append(text.isEmpty() ? "" : "; ")
                .append(points)
                .append(" ")
                .append(noun)
                .append(points == 1 ? " " : "s ");
        text.append(fate).append(": ").append(why);
    }
}
