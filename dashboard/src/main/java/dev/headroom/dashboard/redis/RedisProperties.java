package dev.headroom.dashboard.redis;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Which servers are asked; the settings are in application.yaml.
 *
 * @param every how often each is asked
 * @param timeout for connecting and for an answer
 * @param servers empty: none is ever asked
 */
@ConfigurationProperties("headroom.redis")
public record RedisProperties(
        Duration every, Duration timeout, @Nullable List<Server> servers) {
    /**
     * @param name as people know it; its measurements are those of the service {@code redis:<name>}
     * @param url such as {@code redis://user:password@host:6379/0}, or {@code rediss:} for TLS
     * @param user of an access list; null for the one of the URL, or the default one
     * @param password may hold what a URL cannot; null for the one of the URL, or none
     * @param sslBundle what is trusted and shown over TLS, a name under {@code spring.ssl.bundle}; null for what the JVM trusts
     */
    public record Server(
            String name,
            URI url,
            @Nullable String user,
            @Nullable String password,
            @Nullable String sslBundle) {
        String service() {
            return "redis:" + name;
        }

        /** Without the password. */
        String address() {
            return url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
        }

        /** Without the password. */
        @Override
        public String toString() {
            return "Server[" + name + "]";
        }
    }
}
