package dev.headroom.dashboard.access;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings under {@code headroom.access}; all of them, with defaults and environment names, are in application.yaml.
 *
 * @param hosts names in Host headers that are served beside this machine's own; empty: any, once the address is not loopback
 * @param longestLogin after it a person logs in again, active or not
 * @param oidc roles of people who log in at an OpenID provider
 * @param limits how often somebody may come
 */
@ConfigurationProperties("headroom.access")
public record AccessProperties(List<String> hosts, Duration longestLogin, Oidc oidc, Limits limits) {

    /**
     * @param claim that says what somebody is, such as {@code groups}; dots lead into nested ones
     * @param admin value of the claim that makes an admin
     * @param viewer value that makes a viewer; {@code *}: whoever the provider lets in
     */
    public record Oidc(String claim, String admin, String viewer) {}

    /**
     * @param deliveriesPerSecond OTLP requests of one token, or of one address without
     * @param loginsPerMinute wrong passwords and wrong tokens of one address; three times as many for one user's name
     */
    public record Limits(int deliveriesPerSecond, int loginsPerMinute) {}
}
