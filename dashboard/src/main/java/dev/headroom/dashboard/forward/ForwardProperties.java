package dev.headroom.dashboard.forward;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * The settings under {@code headroom.forward}.
 *
 * @param endpoint base address of an OTLP/HTTP receiver, such as {@code http://collector:4318}; empty for none
 * @param headers sent along, as OpenTelemetry writes them: {@code key=value,key=value}, values percent-encoded
 * @param queue memory for what waits
 */
@ConfigurationProperties("headroom.forward")
public record ForwardProperties(String endpoint, String headers, DataSize queue) {

    /** Null when nothing is to be forwarded. Throws {@link IllegalArgumentException} that says what is wrong with the address. */
    @Nullable
    URI address() {
        if (endpoint.isBlank()) {
            return null;
        }
        String base = endpoint.trim().replaceFirst("/+$", "");
        try {
            URI address = new URI(base);
            boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
            if (http && address.getHost() != null) {
                return address;
            }
        } catch (URISyntaxException wrong) {
            // said below
        }
        throw new IllegalArgumentException("headroom.forward.endpoint (HEADROOM_FORWARD_ENDPOINT) is \"" + endpoint
                + "\"; expected the base address of an OTLP/HTTP receiver, such as http://collector:4318");
    }

    /** Throws {@link IllegalArgumentException} that names the part that is no header, never its value. */
    Map<String, String> headerMap() {
        Map<String, String> map = new LinkedHashMap<>();
        for (String part : headers.split(",")) {
            if (part.isBlank()) {
                continue;
            }
            int equals = part.indexOf('=');
            if (equals <= 0) {
                throw new IllegalArgumentException("headroom.forward.headers (HEADROOM_FORWARD_HEADERS): part "
                        + (map.size() + 1) + " has no \"=\"; expected key=value,key=value");
            }
            map.put(
                    part.substring(0, equals).trim(),
                    URLDecoder.decode(part.substring(equals + 1).trim().replace("+", "%2B"), StandardCharsets.UTF_8));
        }
        return map;
    }
}
