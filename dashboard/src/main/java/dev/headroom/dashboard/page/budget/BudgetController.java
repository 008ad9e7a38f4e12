package dev.headroom.dashboard.page.budget;

import dev.headroom.dashboard.page.Pages;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** One budget. */
@Controller("budgetPage")
final class BudgetController {
    private final Pages pages;
    private final BudgetPages budgets;

    BudgetController(Pages pages, BudgetPages budgets) {
        this.pages = pages;
        this.budgets = budgets;
    }

    @GetMapping("/budgets/{id}")
    Mono<Rendering> budget(@PathVariable String id, ServerWebExchange exchange) {
        return pages.show("budget", exchange, frame -> budgets.page(id, frame));
    }
}
