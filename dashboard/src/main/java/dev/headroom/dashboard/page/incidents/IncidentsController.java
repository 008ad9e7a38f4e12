package dev.headroom.dashboard.page.incidents;

import dev.headroom.dashboard.page.Frame;
import dev.headroom.dashboard.page.Pages;
import dev.headroom.dashboard.store.Incident;
import dev.headroom.dashboard.store.IncidentStore;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Incidents, newest first. */
@Controller("incidentsPageController")
final class IncidentsController {
    private final Pages pages;
    private final IncidentStore incidents;

    IncidentsController(Pages pages, IncidentStore incidents) {
        this.pages = pages;
        this.incidents = incidents;
    }

    @GetMapping("/incidents")
    Mono<Rendering> incidents(ServerWebExchange exchange) {
        return pages.show("incidents", exchange, this::page);
    }

    private IncidentsPage page(Frame frame) {
        List<Incident> all = incidents.incidents(frame.service(), null, null, null, IncidentStore.MOST);
        return IncidentsPage.of(frame, all);
    }
}
