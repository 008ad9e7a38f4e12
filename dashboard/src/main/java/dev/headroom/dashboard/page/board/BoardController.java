package dev.headroom.dashboard.page.board;

import dev.headroom.dashboard.budget.BudgetReports;
import dev.headroom.dashboard.page.Pages;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The first page. */
@Controller
final class BoardController {
    private final Pages pages;
    private final BudgetReports reports;

    BoardController(Pages pages, BudgetReports reports) {
        this.pages = pages;
        this.reports = reports;
    }

    @GetMapping("/")
    Mono<Rendering> board(ServerWebExchange exchange) {
        return pages.show(
                "board",
                exchange,
                frame -> BoardPage.of(
                        frame, reports.all(), Setup.at(exchange.getRequest().getURI())));
    }
}
