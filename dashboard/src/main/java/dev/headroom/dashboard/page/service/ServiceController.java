package dev.headroom.dashboard.page.service;

import dev.headroom.dashboard.budget.BudgetReport;
import dev.headroom.dashboard.budget.BudgetReports;
import dev.headroom.dashboard.operations.Operations;
import dev.headroom.dashboard.page.Frame;
import dev.headroom.dashboard.page.Pages;
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
        BudgetReport report = reports.of(service);
        Operations.Together together = operations.together(service, frame.range());
        ServiceCharts.Drawn drawn = charts.draw(service, frame);
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
