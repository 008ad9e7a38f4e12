package dev.headroom.dashboard.page;

import dev.headroom.dashboard.access.Caller;
import dev.headroom.dashboard.budget.BudgetBook;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Turns a request into a page: reads the frame, makes the page's record and picks the template, all of it off the event loop on the
 * threads that may wait for the store. A failure becomes a page that says what failed. Thread-safe.
 */
@Component
public final class Pages {
    private static final Logger LOG = LoggerFactory.getLogger(Pages.class);

    private final Frames frames;
    private final String assets = Assets.version();
    private final BudgetBook budgets;
    private final Scheduler scheduler;

    /** @param storeReads threads that may wait for the store */
    Pages(Frames frames, BudgetBook budgets, Scheduler storeReads) {
        this.frames = frames;
        this.budgets = budgets;
        this.scheduler = storeReads;
    }

    /** The page over the frame of this request. */
    public Mono<Rendering> show(String template, ServerWebExchange exchange, Function<Frame, ?> page) {
        return show(template, exchange, null, page);
    }

    /** @param service the service named by the path; null where the path names none */
    public Mono<Rendering> show(
            String template, ServerWebExchange exchange, @Nullable String service, Function<Frame, ?> page) {
        HttpHeaders headers = exchange.getResponse().getHeaders();
        headers.setCacheControl("no-store");
        return Mono.fromCallable(() -> render(template, exchange, service, page))
                .subscribeOn(scheduler);
    }

    private Rendering render(
            String template, ServerWebExchange exchange, @Nullable String service, Function<Frame, ?> page) {
        String path = exchange.getRequest().getPath().value();
        try {
            Frame frame = frames.read(path, parameters(exchange.getRequest().getQueryParams()), service);
            return Rendering.view(template)
                    .modelAttribute("frame", frame)
                    .modelAttribute("assets", assets)
                    .modelAttribute("caller", Caller.of(exchange))
                    .modelAttribute("wrongBudgets", wrongBudgets())
                    .modelAttribute("page", page.apply(frame))
                    .build();
        } catch (RuntimeException e) {
            LOG.warn("Page {} could not be made", path, e);
            return Rendering.view("failed")
                    .status(HttpStatus.SERVICE_UNAVAILABLE)
                    .modelAttribute("assets", assets)
                    .modelAttribute("reason", String.valueOf(e.getMessage()))
                    .modelAttribute(
                            "retry",
                            exchange.getRequest().getURI().getRawPath()
                                    + (exchange.getRequest().getURI().getRawQuery() == null
                                            ? ""
                                            : "?"
                                                    + exchange.getRequest()
                                                            .getURI()
                                                            .getRawQuery()))
                    .build();
        }
    }

    /** The first value of each, but the columns of a list, which a form sends one by one, set apart by full stops. */
    private static Map<String, String> parameters(MultiValueMap<String, String> all) {
        Map<String, String> first = all.toSingleValueMap();
        List<String> columns = all.get(ListPage.COLUMNS);
        if (columns != null && columns.size() > 1) {
            first.put(ListPage.COLUMNS, String.join(".", columns));
        }
        return first;
    }

    /** Since when the budget file is wrong; empty while it is right. */
    private String wrongBudgets() {
        BudgetBook.Refused refused = budgets.refused();
        return refused == null ? "" : refused.since().toString();
    }
}
