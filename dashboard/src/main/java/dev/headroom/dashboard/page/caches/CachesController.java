package dev.headroom.dashboard.page.caches;

import dev.headroom.dashboard.economics.CacheEconomics;
import dev.headroom.dashboard.operations.Operations;
import dev.headroom.dashboard.page.Distributions;
import dev.headroom.dashboard.page.Pages;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The caches and key patterns. */
@Controller
final class CachesController {
    private final Pages pages;
    private final Operations operations;
    private final Distributions distributions;
    private final CacheEconomics economics;

    CachesController(Pages pages, Operations operations, Distributions distributions, CacheEconomics economics) {
        this.pages = pages;
        this.operations = operations;
        this.distributions = distributions;
        this.economics = economics;
    }

    @GetMapping("/caches")
    Mono<Rendering> caches(ServerWebExchange exchange) {
        return pages.show(
                "caches",
                exchange,
                frame -> CachesPage.of(frame, frame.list(operations::caches), distributions, economics));
    }
}
