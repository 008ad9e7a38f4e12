package dev.headroom.dashboard.page.calls;

import dev.headroom.dashboard.operations.Operations;
import dev.headroom.dashboard.page.Distributions;
import dev.headroom.dashboard.page.Pages;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The calls out. */
@Controller
final class CallsController {
    private final Pages pages;
    private final Operations operations;
    private final Distributions distributions;

    CallsController(Pages pages, Operations operations, Distributions distributions) {
        this.pages = pages;
        this.operations = operations;
        this.distributions = distributions;
    }

    @GetMapping("/calls")
    Mono<Rendering> calls(ServerWebExchange exchange) {
        return pages.show(
                "calls", exchange, frame -> CallsPage.of(frame, frame.list(operations::calls), distributions));
    }
}
