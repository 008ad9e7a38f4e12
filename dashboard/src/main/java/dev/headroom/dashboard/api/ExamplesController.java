package dev.headroom.dashboard.api;

import dev.headroom.dashboard.example.Example;
import dev.headroom.dashboard.example.Examples;
import dev.headroom.dashboard.refusal.RefusedException;
import dev.headroom.dashboard.store.ExampleSearch;
import dev.headroom.dashboard.store.TimeRange;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Examples for programs. */
@RestController
class ExamplesController {
    private static final int FEW = 100;

    private final Examples examples;
    private final Question question;
    private final Scheduler scheduler;

    ExamplesController(Examples examples, Question question, @Qualifier("storeReads") Scheduler scheduler) {
        this.examples = examples;
        this.question = question;
        this.scheduler = scheduler;
    }

    /** @param limit so many examples at most are in the answer */
    record Answer(int limit, List<Example.Summary> items) {}

    @GetMapping("/api/v1/examples")
    Mono<Answer> examples(
            @RequestParam @Nullable String service,
            @RequestParam @Nullable String route,
            @RequestParam @Nullable String fingerprint,
            @RequestParam @Nullable String reason,
            @RequestParam @Nullable String order,
            @RequestParam @Nullable String from,
            @RequestParam @Nullable String to,
            @RequestParam @Nullable String limit) {
        return Mono.fromCallable(() -> {
                    TimeRange range = given(from) == null && given(to) == null ? null : question.range(from, to);
                    int most = limit(given(limit));
                    String method = method(given(route));
                    ExampleSearch search = new ExampleSearch(
                            question.service(service),
                            range,
                            method,
                            template(given(route), method),
                            given(fingerprint),
                            reason(given(reason)),
                            order(given(order)),
                            most);
                    return new Answer(
                            most,
                            examples.find(search).stream().map(Example::summary).toList());
                })
                .subscribeOn(scheduler);
    }

    @GetMapping("/api/v1/examples/{id}")
    Mono<Example> example(@PathVariable String id) {
        return Mono.fromCallable(() -> {
                    Example example = examples.of(id);
                    if (example == null) {
                        throw RefusedException.unknown(
                                "Unknown example",
                                id,
                                "the id of an example that is still kept",
                                "GET /api/v1/examples?service=<name> lists them; the oldest leave beyond headroom.store.max-examples.");
                    }
                    return example;
                })
                .subscribeOn(scheduler);
    }

    private static @Nullable String given(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    /** Of "GET /pets/{id}"; null of "/pets/{id}". */
    private static @Nullable String method(@Nullable String route) {
        int blank = route == null ? -1 : route.indexOf(' ');
        return route == null || blank <= 0 || route.startsWith("/") ? null : route.substring(0, blank);
    }

    private static @Nullable String template(@Nullable String route, @Nullable String method) {
        return route == null || method == null ? route : route.substring(method.length() + 1);
    }

    private static @Nullable String reason(@Nullable String reason) {
        if (reason != null && !Examples.REASONS.contains(reason)) {
            throw RefusedException.bad(
                    "Unknown reason", reason, "one of " + Examples.REASONS, "Leave it out for all of them.");
        }
        return reason;
    }

    private static ExampleSearch.Order order(@Nullable String order) {
        if (order == null) {
            return ExampleSearch.Order.NEWEST;
        }
        for (ExampleSearch.Order each : ExampleSearch.Order.values()) {
            if (order.equals(each.name().toLowerCase(Locale.ROOT))) {
                return each;
            }
        }
        throw RefusedException.bad("Unknown order", order, "newest or slowest", "Leave it out for the newest first.");
    }

    private static int limit(@Nullable String limit) {
        if (limit == null) {
            return FEW;
        }
        if (limit.matches("[0-9]{1,6}")) {
            int most = Integer.parseInt(limit);
            if (most >= 1 && most <= ExampleSearch.MOST) {
                return most;
            }
        }
        throw RefusedException.bad(
                "Parameter limit is out of range",
                limit,
                "a whole number from 1 to " + ExampleSearch.MOST,
                "Leave it out for " + FEW + ".");
    }
}
