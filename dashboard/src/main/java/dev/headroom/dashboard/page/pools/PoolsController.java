package dev.headroom.dashboard.page.pools;

import dev.headroom.dashboard.operations.Operations;
import dev.headroom.dashboard.page.Distributions;
import dev.headroom.dashboard.page.Pages;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The connection pools. */
@Controller
final class PoolsController {
    private final Pages pages;
    private final Operations operations;
    private final Distributions distributions;

    PoolsController(Pages pages, Operations operations, Distributions distributions) {
        this.pages = pages;
        this.operations = operations;
        this.distributions = distributions;
    }

    @GetMapping("/pools")
    Mono<Rendering> pools(ServerWebExchange exchange) {
        return pages.show(
                "pools", exchange, frame -> PoolsPage.of(frame, frame.list(operations::pools), distributions));
    }
}
