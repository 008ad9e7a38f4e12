package dev.headroom.dashboard.page.runs;

import dev.headroom.dashboard.page.Pages;
import dev.headroom.dashboard.run.RunArchive;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Runs, and one of them. */
@Controller("runsPageController")
final class RunsController {
    private static final int MOST = 200;

    private final Pages pages;
    private final RunArchive archive;

    RunsController(Pages pages, RunArchive archive) {
        this.pages = pages;
        this.archive = archive;
    }

    @GetMapping("/runs")
    Mono<Rendering> runs(ServerWebExchange exchange) {
        return pages.show("runs", exchange, frame -> RunsPage.of(archive.newest(frame.service(), MOST), frame.now()));
    }

    @GetMapping("/runs/{id}")
    Mono<Rendering> run(@PathVariable String id, ServerWebExchange exchange) {
        return pages.show(
                "run", exchange, frame -> RunPage.of(id, archive.find(id).orElse(null)));
    }
}
