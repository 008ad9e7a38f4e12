package dev.headroom.dashboard.page.redis;

import dev.headroom.dashboard.budget.BudgetReports;
import dev.headroom.dashboard.page.Frame;
import dev.headroom.dashboard.page.Pages;
import dev.headroom.dashboard.redis.RedisServers;
import dev.headroom.dashboard.redis.ServerReading;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The watched Redis servers. */
@Controller
final class RedisPageController {
    private final Pages pages;
    private final RedisServers servers;
    private final RedisCharts charts;
    private final BudgetReports reports;

    RedisPageController(Pages pages, RedisServers servers, RedisCharts charts, BudgetReports reports) {
        this.pages = pages;
        this.servers = servers;
        this.charts = charts;
        this.reports = reports;
    }

    @GetMapping("/redis")
    Mono<Rendering> redis(ServerWebExchange exchange) {
        return pages.show("redis", exchange, this::page);
    }

    private RedisPage page(Frame frame) {
        return new RedisPage(servers.readings().stream()
                .map(reading -> server(frame, reading))
                .toList());
    }

    private RedisPage.Server server(Frame frame, ServerReading reading) {
        return RedisPage.Server.of(reading, reports.of(reading.service()), charts.draw(frame, reading.service()));
    }
}
