package dev.headroom.dashboard.api;

import dev.headroom.dashboard.operations.Search;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The search over everything, for programs. */
@RestController
class SearchController {
    /** Of each kind. */
    private static final int MOST = 200;

    private final Search search;
    private final Question question;
    private final Scheduler scheduler;

    SearchController(Search search, Question question, @Qualifier("storeReads") Scheduler scheduler) {
        this.search = search;
        this.question = question;
        this.scheduler = scheduler;
    }

    @GetMapping("/api/v1/search")
    Mono<Search.Result> search(
            @RequestParam(defaultValue = "") String q,
            @RequestParam @Nullable String service,
            @RequestParam @Nullable String from,
            @RequestParam @Nullable String to) {
        return Mono.fromCallable(() -> {
                    String one = service == null || service.isBlank() ? null : question.service(service);
                    return search.find(q, one, question.range(from, to), MOST);
                })
                .subscribeOn(scheduler);
    }
}
