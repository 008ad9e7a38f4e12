package dev.headroom.dashboard.access;

import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Answers 429 to a token, or an address, that delivers more often than it may; comes after it is known who delivers. Thread-safe. */
final class DeliveryLimit implements WebFilter {
    private final Limits limits;

    DeliveryLimit(Limits limits) {
        this.limits = limits;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        Caller caller = Refusals.otlp(exchange) ? Caller.known(exchange) : null;
        int wait = caller == null ? 0 : limits.delivery(exchange, caller);
        return wait == 0
                ? chain.filter(exchange)
                : Refusals.tooMany(
                        exchange, wait, "deliveries; the setting is headroom.access.limits.deliveries-per-second");
    }
}
