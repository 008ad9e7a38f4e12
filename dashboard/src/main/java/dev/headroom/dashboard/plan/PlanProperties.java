package dev.headroom.dashboard.plan;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Whose plans are asked for; the settings are in application.yaml.
 *
 * @param slow statements whose p95 is longer are explained
 * @param timeout for connecting, and for one EXPLAIN
 * @param databases empty: no database is ever asked
 */
@ConfigurationProperties("headroom.plans")
public record PlanProperties(
        Duration slow, Duration timeout, @Nullable List<Database> databases) {
    /**
     * @param service whose statements run there
     * @param namespace only statements of this {@code db.namespace}; null or empty for all of the service
     * @param url of JDBC, of PostgreSQL, MySQL, MariaDB or H2
     * @param user one that may read, and nothing else
     */
    public record Database(
            String service,
            @Nullable String namespace,
            String url,
            @Nullable String user,
            @Nullable String password) {
        /** Without the password. */
        @Override
        public String toString() {
            return "Database[" + service + "]";
        }
    }
}
