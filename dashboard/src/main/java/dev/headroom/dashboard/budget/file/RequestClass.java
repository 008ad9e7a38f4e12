package dev.headroom.dashboard.budget.file;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A kind of request; the first that matches wins.
 *
 * @param http method and route, null = any
 * @param database what the request did in the database, by verb, rows, batch; known to the agent only
 * @param outcome cache and queries; known to the agent only
 * @param exclude left out of every budget that does not name the class
 */
public record RequestClass(
        String name,
        @Nullable ValuePattern http,
        Map<String, ValuePattern> database,
        Map<String, ValuePattern> outcome,
        boolean exclude) {
    /** Whether method and route alone decide. */
    public boolean byRouteOnly() {
        return http != null && database.isEmpty() && outcome.isEmpty();
    }
}
