package dev.headroom.dashboard.page.examples;

import dev.headroom.dashboard.example.Examples;
import dev.headroom.dashboard.page.Frame;
import dev.headroom.dashboard.page.Pages;
import dev.headroom.dashboard.store.ExampleSearch;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** What happened in one request. */
@Controller("examplesPageController")
final class ExamplesController {
    private final Pages pages;
    private final Examples examples;

    ExamplesController(Pages pages, Examples examples) {
        this.pages = pages;
        this.examples = examples;
    }

    @GetMapping("/examples")
    Mono<Rendering> examples(ServerWebExchange exchange) {
        return pages.show("examples", exchange, this::list);
    }

    @GetMapping("/examples/{id}")
    Mono<Rendering> example(ServerWebExchange exchange, @PathVariable String id) {
        return pages.show("example", exchange, frame -> ExamplePage.of(frame, id, examples.of(id)));
    }

    private ExamplesPage list(Frame frame) {
        String service = frame.subject();
        String reason = frame.parameter("reason");
        ExampleSearch search = new ExampleSearch(
                service,
                frame.range(),
                ExamplesPage.method(frame),
                ExamplesPage.route(frame),
                given(frame.parameter("fingerprint")),
                Examples.REASONS.contains(reason) ? reason : null,
                frame.parameter("order").equals("slowest") ? ExampleSearch.Order.SLOWEST : ExampleSearch.Order.NEWEST,
                ExamplesPage.MOST);
        return ExamplesPage.of(frame, examples.find(search));
    }

    private static @Nullable String given(String text) {
        return text.isEmpty() ? null : text;
    }
}
