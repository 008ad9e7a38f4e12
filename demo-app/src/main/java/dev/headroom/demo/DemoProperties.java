package dev.headroom.demo;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the shop finds its neighbours and how small its report pool is.
 *
 * @param redis address of Redis, as {@code redis://host:port}
 * @param supplier base address of the supplier's price service
 * @param outside base address of the language model and of the directory of clinics
 * @param patience how long an answer of either is waited for
 * @param reports the pool that reports borrow from
 */
@ConfigurationProperties("demo")
public record DemoProperties(URI redis, URI supplier, URI outside, Duration patience, Reports reports) {
    /**
     * @param connections size of the pool
     * @param patience how long a request waits for a connection before it is refused
     * @param rendering how long a report is rendered while its connection is held
     */
    public record Reports(int connections, Duration patience, Duration rendering) {}
}
