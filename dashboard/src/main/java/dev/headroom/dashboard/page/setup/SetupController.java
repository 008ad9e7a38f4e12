package dev.headroom.dashboard.page.setup;

import dev.headroom.dashboard.access.Caller;
import dev.headroom.dashboard.page.Frame;
import dev.headroom.dashboard.page.Pages;
import dev.headroom.dashboard.page.Setup;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Wiring. */
@Controller
final class SetupController {
    /** Each service is a reading of the store. */
    private static final int MOST_SERVICES = 12;

    private final Pages pages;
    private final Checklist checklist;

    SetupController(Pages pages, Checklist checklist) {
        this.pages = pages;
        this.checklist = checklist;
    }

    @GetMapping("/setup")
    Mono<Rendering> setup(ServerWebExchange exchange) {
        Setup setup = Setup.at(exchange.getRequest().getURI());
        boolean token = Caller.of(exchange).origin() != Caller.Origin.MACHINE;
        return pages.show("setup", exchange, frame -> page(frame, setup, token));
    }

    private SetupPage page(Frame frame, Setup setup, boolean token) {
        String chosen = frame.service();
        List<String> shown = chosen != null && frame.services().contains(chosen)
                ? List.of(chosen)
                : frame.services().stream().limit(MOST_SERVICES).toList();
        return new SetupPage(
                CopyLine.of(setup, token),
                token,
                shown.stream().map(service -> checklist.of(service, frame)).toList(),
                frame.services().size() - shown.size());
    }
}
