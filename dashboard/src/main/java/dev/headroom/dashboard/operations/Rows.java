package dev.headroom.dashboard.operations;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of the five lists. */
public final class Rows {
    private Rows() {}

    /**
     * A served route; {@code name} is "METHOD template".
     *
     * @param statements SQL statements of a request, on average; null where no agent counts them
     * @param repeated most runs of one SELECT shape in one request; null where no agent counts them
     */
    public record Route(
            String name,
            String method,
            String route,
            @JsonUnwrapped Timing timing,
            long status4xx,
            long status5xx,
            @Nullable Double statements,
            @Nullable Double repeated) {}

    /** A statement; {@code name} is its text without literals. */
    public record Query(
            String name,
            @JsonUnwrapped Timing timing,
            String fingerprint,
            String operation,
            String system,
            @Nullable String namespace,
            long rows) {}

    /**
     * A cache, or a Redis key pattern; the counts are commands. A pipeline is a row of its own that counts no command, for its
     * commands are counted with their keys: its times are those of whole round trips.
     *
     * @param commands the Redis commands that used it, most called first; empty for other caches
     */
    public record Cache(
            String name,
            @JsonUnwrapped Timing timing,
            long hits,
            long misses,
            @Nullable Double hitRatio,
            String system,
            List<Command> commands) {}

    /** One Redis command on the keys of a pattern; the times are of those commands that had a reply of their own. */
    public record Command(String operation, @JsonUnwrapped Timing timing) {}

    /** A connection pool; the timing is that of its use. */
    public record Pool(
            String name,
            @JsonUnwrapped Timing timing,
            @Nullable Double used,
            @Nullable Double idle,
            @Nullable Double max,
            @Nullable Double pending,
            @Nullable Double waitP95Ms,
            long timeouts) {}

    /** A peer that is called over HTTP; {@code name} is "host:port". */
    public record Call(
            String name,
            @JsonUnwrapped Timing timing,
            String method,
            String address,
            @Nullable String port) {}
}
