package dev.headroom.dashboard.plan;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How one kind of database is asked for a plan. Stateless. */
interface PlanSource {
    /** For a connection of its own: what it asks takes no longer than that. */
    void prepare(Connection connection, Duration timeout) throws SQLException;

    /** @param statement that {@link Explainable} does not refuse */
    Plan explain(Connection connection, String statement) throws SQLException;

    /** Null for a database that is not known. */
    static @Nullable PlanSource of(String url) {
        if (url.startsWith("jdbc:postgresql:")) {
            return new PostgresPlans(false);
        }
        if (url.startsWith("jdbc:mariadb:") || url.startsWith("jdbc:mysql:")) {
            return new MySqlPlans();
        }
        return url.startsWith("jdbc:h2:") ? new H2Plans() : null;
    }
}
