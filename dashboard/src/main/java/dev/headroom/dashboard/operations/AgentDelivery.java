package dev.headroom.dashboard.operations;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of one agent since the dashboard knows it.
 *
 * @param state running, goodbye, silent or without-goodbye
 * @param begin of its first window, by its own clock like {@code end}
 * @param received numbered batches that are stored
 * @param expected those, the numbers that never came, and the windows that are overdue
 * @param duplicates repeats that were recognised and not stored
 * @param gaps numbers that never came: the agent gave them up, or an earlier store had them
 * @param merged windows that the agent merged into another because they could not be sent: counts are right, time is coarse
 * @param late batches that came late, or merged
 * @param dropped windows that the agent gave up in the asked time, by reason
 * @param missing times within the asked one of which no window came
 * @param clockAheadSeconds the agent's clock against the dashboard's; its error is the quickest transfer of the last two minutes;
 *     null when it did not tell its time
 * @param examples null when it never sent any
 * @param successor instance that began on the same host after this one
 */
public record AgentDelivery(
        String instance,
        @Nullable String host,
        @Nullable String pid,
        String state,
        Instant begin,
        Instant end,
        double intervalSeconds,
        long received,
        long expected,
        long duplicates,
        long gaps,
        long merged,
        long late,
        Map<String, Double> dropped,
        List<Hole> missing,
        @Nullable Double clockAheadSeconds,
        @Nullable String successor,
        @Nullable Examples examples) {
    /** Numbered requests with examples of single calls. */
    public record Examples(long received, long duplicates, long gaps) {}

    /** The time {@code (from, to]} by the agent's clock. */
    public record Hole(Instant from, Instant to) {}
}
