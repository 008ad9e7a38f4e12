package dev.headroom.dashboard.finding;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that costs time for a known reason. Immutable.
 *
 * @param kind id of its {@link FindingKind}
 * @param subject statement, key pattern, peer or pool
 * @param route "GET /pets/{id}"; null where it belongs to none or none is known
 * @param caller where in the application, as {@code Class.method(File.java:123)}; null where no example tells
 * @param evidence ids of examples that show it, the worst first; they may have left since
 * @param savingMsPerMinute time that the repair would save, by the newest check that found it; null where nothing tells
 * @param cause what was seen, in a sentence with its numbers
 * @param fix what to do, in a line
 * @param details what else belongs to it, a sentence each: who held a pool's connections, say
 * @param status {@code open}; {@code improved} when it costs half of its worst or less; {@code gone} when a check that could have
 *     found it did not
 * @param firstSeen by the first check that found it
 * @param lastSeen by the newest check that found it, within ten minutes
 */
public record Finding(
        String kind,
        String subject,
        @Nullable String route,
        @Nullable String caller,
        List<String> evidence,
        @Nullable Double savingMsPerMinute,
        String cause,
        String fix,
        List<String> details,
        String status,
        Instant firstSeen,
        Instant lastSeen) {
    public static final String OPEN = "open";
    public static final String IMPROVED = "improved";
    public static final String GONE = "gone";

    boolean gone() {
        return status.equals(GONE);
    }
}
