package dev.headroom.dashboard.api;

import dev.headroom.dashboard.economics.CacheEconomics;
import dev.headroom.dashboard.economics.Economics;
import dev.headroom.dashboard.economics.RequestWork;
import dev.headroom.dashboard.economics.Shares;
import dev.headroom.dashboard.refusal.RefusedException;
import dev.headroom.dashboard.store.TimeRange;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** What a cache is worth, and which statements make up a route, for programs. */
@RestController
@RequestMapping("/api/v1")
class EconomicsController {
    private final CacheEconomics economics;
    private final Shares shares;
    private final RequestWork work;
    private final Question question;
    private final Scheduler scheduler;

    EconomicsController(
            CacheEconomics economics,
            Shares shares,
            RequestWork work,
            Question question,
            @Qualifier("storeReads") Scheduler scheduler) {
        this.economics = economics;
        this.shares = shares;
        this.work = work;
        this.question = question;
        this.scheduler = scheduler;
    }

    @GetMapping("/caches/economics")
    Mono<Economics> economics(
            @RequestParam @Nullable String service,
            @RequestParam @Nullable String cache,
            @RequestParam @Nullable String from,
            @RequestParam @Nullable String to) {
        return Mono.fromCallable(() -> {
                    TimeRange range = question.range(from, to);
                    if (cache == null || cache.isBlank()) {
                        throw RefusedException.bad(
                                "No cache named",
                                "no parameter cache",
                                "the name of a cache or a key pattern",
                                "GET /api/v1/caches?service=<name> lists them.");
                    }
                    return economics.of(question.service(service), cache, range);
                })
                .subscribeOn(scheduler);
    }

    record Answer(List<Shares.Cell> items) {}

    @GetMapping("/shares")
    Mono<Answer> shares(
            @RequestParam @Nullable String service,
            @RequestParam @Nullable String route,
            @RequestParam @Nullable String fingerprint,
            @RequestParam @Nullable String from,
            @RequestParam @Nullable String to) {
        return Mono.fromCallable(() -> {
                    TimeRange range = question.range(from, to);
                    return new Answer(shares.of(question.service(service), range, route, fingerprint));
                })
                .subscribeOn(scheduler);
    }

    record Work(List<RequestWork.Item> items) {}

    /** What one request to a route does. */
    @GetMapping("/work")
    Mono<Work> work(
            @RequestParam @Nullable String service,
            @RequestParam @Nullable String route,
            @RequestParam @Nullable String from,
            @RequestParam @Nullable String to) {
        return Mono.fromCallable(() -> {
                    TimeRange range = question.range(from, to);
                    if (route == null || route.isBlank()) {
                        throw RefusedException.bad(
                                "No route named",
                                "no parameter route",
                                "a route with its method, such as GET /pets/{id}",
                                "GET /api/v1/routes?service=<name> lists them.");
                    }
                    return new Work(work.list(question.service(service), range, route));
                })
                .subscribeOn(scheduler);
    }
}
