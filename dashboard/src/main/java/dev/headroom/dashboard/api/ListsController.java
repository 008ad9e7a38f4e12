package dev.headroom.dashboard.api;

import dev.headroom.dashboard.operations.Listing;
import dev.headroom.dashboard.operations.Operations;
import dev.headroom.dashboard.operations.Rows;
import dev.headroom.dashboard.store.TimeRange;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The five lists as JSON. */
@RestController
@RequestMapping("/api/v1")
class ListsController {
    private final Operations operations;
    private final Question question;
    private final Scheduler scheduler;

    ListsController(Operations operations, Question question, @Qualifier("storeReads") Scheduler scheduler) {
        this.operations = operations;
        this.question = question;
        this.scheduler = scheduler;
    }

    @GetMapping("/routes")
    Mono<Listing<Rows.Route>> routes(
            @RequestParam @Nullable String service,
            @RequestParam @Nullable String from,
            @RequestParam @Nullable String to) {
        return list(operations::routes, service, from, to);
    }

    @GetMapping("/queries")
    Mono<Listing<Rows.Query>> queries(
            @RequestParam @Nullable String service,
            @RequestParam @Nullable String from,
            @RequestParam @Nullable String to) {
        return list(operations::queries, service, from, to);
    }

    @GetMapping("/caches")
    Mono<Listing<Rows.Cache>> caches(
            @RequestParam @Nullable String service,
            @RequestParam @Nullable String from,
            @RequestParam @Nullable String to) {
        return list(operations::caches, service, from, to);
    }

    @GetMapping("/pools")
    Mono<Listing<Rows.Pool>> pools(
            @RequestParam @Nullable String service,
            @RequestParam @Nullable String from,
            @RequestParam @Nullable String to) {
        return list(operations::pools, service, from, to);
    }

    @GetMapping("/calls")
    Mono<Listing<Rows.Call>> calls(
            @RequestParam @Nullable String service,
            @RequestParam @Nullable String from,
            @RequestParam @Nullable String to) {
        return list(operations::calls, service, from, to);
    }

    private <T> Mono<Listing<T>> list(
            BiFunction<String, TimeRange, Listing<T>> rows,
            @Nullable String service,
            @Nullable String from,
            @Nullable String to) {
        return Mono.fromCallable(() -> {
                    TimeRange range = question.range(from, to);
                    return rows.apply(question.service(service), range);
                })
                .subscribeOn(scheduler);
    }
}
