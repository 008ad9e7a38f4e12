package dev.headroom.dashboard.page.routes;

import dev.headroom.dashboard.operations.Operations;
import dev.headroom.dashboard.page.Pages;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The routes. */
@Controller
final class RoutesController {
    private final Pages pages;
    private final Operations operations;
    private final RouteDetails details;

    RoutesController(Pages pages, Operations operations, RouteDetails details) {
        this.pages = pages;
        this.operations = operations;
        this.details = details;
    }

    @GetMapping("/routes")
    Mono<Rendering> routes(ServerWebExchange exchange) {
        return pages.show("routes", exchange, frame -> RoutesPage.of(frame, frame.list(operations::routes), details));
    }
}
