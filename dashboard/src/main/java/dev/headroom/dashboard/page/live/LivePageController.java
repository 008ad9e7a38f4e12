package dev.headroom.dashboard.page.live;

import dev.headroom.dashboard.page.Pages;
import dev.headroom.dashboard.store.MetricStore;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** This second. */
@Controller
final class LivePageController {
    private final Pages pages;
    private final MetricStore store;

    LivePageController(Pages pages, MetricStore store) {
        this.pages = pages;
        this.store = store;
    }

    @GetMapping("/live")
    Mono<Rendering> live(ServerWebExchange exchange) {
        return pages.show("live", exchange, frame -> LivePage.of(frame, store));
    }
}
