package dev.headroom.dashboard.page.compare;

import dev.headroom.dashboard.compare.Comparing;
import dev.headroom.dashboard.compare.Sides;
import dev.headroom.dashboard.compare.WrongSideException;
import dev.headroom.dashboard.epoch.EpochBook;
import dev.headroom.dashboard.page.Frame;
import dev.headroom.dashboard.page.Pages;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Before and after. */
@Controller("comparePageController")
final class CompareController {
    private final Pages pages;
    private final Sides sides;
    private final Comparing comparing;
    private final EpochBook epochs;

    CompareController(Pages pages, Sides sides, Comparing comparing, EpochBook epochs) {
        this.pages = pages;
        this.sides = sides;
        this.comparing = comparing;
        this.epochs = epochs;
    }

    @GetMapping("/compare")
    Mono<Rendering> compare(ServerWebExchange exchange) {
        return pages.show("compare", exchange, this::page);
    }

    private ComparePage page(Frame frame) {
        String service = frame.subject();
        if (service == null) {
            return ComparePage.without("");
        }
        Choices choices =
                Choices.of(frame, epochs.of(service), sides.versions(service).keySet());
        try {
            Sides.Pair pair = sides.of(service, choices.before(), choices.after(), frame.range(), frame.now());
            return ComparePage.of(frame, choices, comparing.compare(service, pair.before(), pair.after()));
        } catch (WrongSideException wrong) {
            return ComparePage.wrong(choices, String.valueOf(wrong.getMessage()));
        }
    }
}
