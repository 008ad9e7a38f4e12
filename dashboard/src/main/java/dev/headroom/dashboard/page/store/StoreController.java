package dev.headroom.dashboard.page.store;

import dev.headroom.dashboard.page.Pages;
import dev.headroom.dashboard.store.StoreReport;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** What the store holds, how far back, and what it lost. */
@Controller("storePageController")
final class StoreController {
    private final Pages pages;
    private final StoreReport report;

    StoreController(Pages pages, StoreReport report) {
        this.pages = pages;
        this.report = report;
    }

    @GetMapping("/store")
    Mono<Rendering> store(ServerWebExchange exchange) {
        return pages.show("store", exchange, frame -> StorePage.of(report.status(), frame.now()));
    }
}
