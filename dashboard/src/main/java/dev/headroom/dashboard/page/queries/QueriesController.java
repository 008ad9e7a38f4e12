package dev.headroom.dashboard.page.queries;

import dev.headroom.dashboard.operations.Operations;
import dev.headroom.dashboard.page.Distributions;
import dev.headroom.dashboard.page.Pages;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The statements. */
@Controller
final class QueriesController {
    private final Pages pages;
    private final Operations operations;
    private final Distributions distributions;

    QueriesController(Pages pages, Operations operations, Distributions distributions) {
        this.pages = pages;
        this.operations = operations;
        this.distributions = distributions;
    }

    @GetMapping("/queries")
    Mono<Rendering> queries(ServerWebExchange exchange) {
        return pages.show(
                "queries", exchange, frame -> QueriesPage.of(frame, frame.list(operations::queries), distributions));
    }
}
