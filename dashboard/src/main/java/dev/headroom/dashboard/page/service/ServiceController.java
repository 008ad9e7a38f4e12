package dev.headroom.dashboard.page.service;

import dev.headroom.dashboard.budget.BudgetReport;
import dev.headroom.dashboard.budget.BudgetReports;
import dev.headroom.dashboard.operations.Operations;
import dev.headroom.dashboard.page.Frame;
import dev.headroom.dashboard.page.Pages;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** One service. */
@Controller
final class ServiceController {
    private final Pages pages;
    private final BudgetReports reports;
    private final ServiceCharts charts;
    private final Operations operations;

    ServiceController(Pages pages, BudgetReports reports, ServiceCharts charts, Operations operations) {
        this.pages = pages;
        this.reports = reports;
        this.charts = charts;
        this.operations = operations;
    }

    @GetMapping("/services/{service}")
    Mono<Rendering> service(@PathVariable String service, ServerWebExchange exchange) {
        return pages.show("service", exchange, service, frame -> page(service, frame));
    }

    private ServicePage page(String service, Frame frame) {
        // Two readings of the same time, each a third of the page: side by side where a processor is idle, else this
        // thread does both.
        ForkJoinTask<Operations.Together> lists =
                ForkJoinPool.commonPool().submit(() -> operations.together(service, frame.range()));
        BudgetReport report = reports.of(service);
        ServiceCharts.Drawn drawn = charts.draw(service, frame);
        Operations.Together together = lists.join();
        return new ServicePage(
                service,
                report,
                ServicePage.broken(report),
                drawn.figures(),
                drawn.charts(),
                drawn.time(),
                drawn.strip(),
                ServiceTops.of(service, frame, together),
                together.coverage().stream()
                        .filter(coverage -> !coverage.notes().isEmpty())
                        .toList());
    }
}
