package dev.headroom.dashboard.page.board;

import dev.headroom.dashboard.budget.BudgetReports;
import dev.headroom.dashboard.budget.BudgetStatus;
import dev.headroom.dashboard.history.ErrorBudgets;
import dev.headroom.dashboard.history.VerdictHistory;
import dev.headroom.dashboard.page.Pages;
import dev.headroom.dashboard.page.Setup;
import dev.headroom.dashboard.store.BudgetSubject;
import java.time.Instant;
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
    private final VerdictHistory history;
    private final ErrorBudgets budgets;

    BoardController(Pages pages, BudgetReports reports, VerdictHistory history, ErrorBudgets budgets) {
        this.pages = pages;
        this.reports = reports;
        this.history = history;
        this.budgets = budgets;
    }

    @GetMapping("/")
    Mono<Rendering> board(ServerWebExchange exchange) {
        return pages.show(
                "board",
                exchange,
                frame -> BoardPage.of(
                        frame,
                        reports.all(),
                        Setup.at(exchange.getRequest().getURI()),
                        status -> row(status, frame.now())));
    }

    private BudgetRow row(BudgetStatus status, Instant now) {
        BudgetSubject about = new BudgetSubject(status.service(), status.id(), status.subject());
        return new BudgetRow(status, history.of(about), budgets.of(about), now);
    }
}
