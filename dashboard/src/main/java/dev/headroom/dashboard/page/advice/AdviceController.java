package dev.headroom.dashboard.page.advice;

import dev.headroom.dashboard.finding.Finding;
import dev.headroom.dashboard.finding.Findings;
import dev.headroom.dashboard.page.Frame;
import dev.headroom.dashboard.page.Pages;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** What to repair first. */
@Controller
final class AdviceController {
    private final Pages pages;
    private final Findings findings;

    AdviceController(Pages pages, Findings findings) {
        this.pages = pages;
        this.findings = findings;
    }

    @GetMapping("/advice")
    Mono<Rendering> advice(ServerWebExchange exchange) {
        return pages.show("advice", exchange, this::page);
    }

    private AdvicePage page(Frame frame) {
        String service = frame.subject();
        List<Finding> all = service == null ? List.of() : findings.of(service);
        return AdvicePage.of(frame, service == null ? "" : service, all);
    }
}
