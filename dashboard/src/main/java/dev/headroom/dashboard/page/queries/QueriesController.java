package dev.headroom.dashboard.page.queries;

import dev.headroom.dashboard.economics.Shares;
import dev.headroom.dashboard.operations.Operations;
import dev.headroom.dashboard.page.Distributions;
import dev.headroom.dashboard.page.Pages;
import dev.headroom.dashboard.plan.PlanBook;
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
    private final Shares shares;
    private final PlanBook plans;

    QueriesController(Pages pages, Operations operations, Distributions distributions, Shares shares, PlanBook plans) {
        this.pages = pages;
        this.operations = operations;
        this.distributions = distributions;
        this.shares = shares;
        this.plans = plans;
    }

    @GetMapping("/queries")
    Mono<Rendering> queries(ServerWebExchange exchange) {
        return pages.show(
                "queries",
                exchange,
                frame -> QueriesPage.of(frame, frame.list(operations::queries), distributions, shares, plans));
    }
}
