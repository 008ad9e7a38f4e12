package dev.headroom.dashboard.page.search;

import dev.headroom.dashboard.operations.Search;
import dev.headroom.dashboard.page.Frame;
import dev.headroom.dashboard.page.Pages;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** What the search in the bar finds. */
@Controller
final class SearchPageController {
    private final Pages pages;
    private final Search search;

    SearchPageController(Pages pages, Search search) {
        this.pages = pages;
        this.search = search;
    }

    @GetMapping("/search")
    Mono<Rendering> search(ServerWebExchange exchange) {
        return pages.show("search", exchange, this::page);
    }

    private SearchPage page(Frame frame) {
        String service = frame.services().contains(String.valueOf(frame.service())) ? frame.service() : null;
        return SearchPage.of(frame, search.find(frame.parameter("q"), service, frame.range(), SearchPage.MOST));
    }
}
