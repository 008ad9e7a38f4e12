package dev.headroom.dashboard.page;

import dev.headroom.dashboard.store.RightOfWay;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Claims the right of way for whatever is asked for with GET, from its begin to the end of the answer; streams have no end. */
@Component
@Order
final class PagesFirst implements WebFilter {
    private final RightOfWay way;

    PagesFirst(RightOfWay way) {
        this.way = way;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (!looks(exchange.getRequest())) {
            return chain.filter(exchange);
        }
        return Mono.defer(() -> {
            RightOfWay.Claim claim = way.claim();
            return chain.filter(exchange).doFinally(end -> claim.end());
        });
    }

    private static boolean looks(ServerHttpRequest request) {
        return HttpMethod.GET.equals(request.getMethod())
                && request.getHeaders().getAccept().stream()
                        .noneMatch(MediaType.TEXT_EVENT_STREAM::equalsTypeAndSubtype);
    }
}
