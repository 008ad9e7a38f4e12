package dev.headroom.dashboard.ingest;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/**
 * As which services a request may write. Immutable.
 *
 * @param service the only one; null for all
 */
public record WriteScope(@Nullable String service) {
    private static final String ATTRIBUTE = WriteScope.class.getName();

    /** Notes it for the request's receiver. */
    public static void tell(ServerWebExchange exchange, @Nullable String service) {
        exchange.getAttributes().put(ATTRIBUTE, new WriteScope(service));
    }

    /** Of the request; all services where nobody said otherwise. */
    static WriteScope of(ServerWebExchange exchange) {
        return exchange.getAttributeOrDefault(ATTRIBUTE, new WriteScope(null));
    }

    /**
     * @param resource attributes of who sends
     * @throws OtlpRefusal when it may not write as that service; nothing of the request may be kept then
     */
    void check(Map<String, String> resource) {
        String writtenAs = Senders.of(resource).service();
        if (service != null && !service.equals(writtenAs)) {
            throw OtlpRefusal.forbidden(
                    "The token is for service \"" + service + "\", found data of service \"" + writtenAs
                            + "\"; use that service's token, or set service.name (OTEL_SERVICE_NAME) to " + service);
        }
    }
}
