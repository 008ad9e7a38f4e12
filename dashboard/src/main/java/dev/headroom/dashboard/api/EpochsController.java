package dev.headroom.dashboard.api;

import dev.headroom.dashboard.access.Caller;
import dev.headroom.dashboard.epoch.Epoch;
import dev.headroom.dashboard.epoch.EpochBook;
import dev.headroom.dashboard.refusal.RefusedException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Deploys and migrations: told by pipelines, listed for everybody who may look. */
@RestController
class EpochsController {
    private static final String PATH = "/api/v1/epochs";

    /** An epoch in JSON. */
    record Told(String service, String kind, String name, String at) {
        static Told of(Epoch epoch) {
            return new Told(
                    epoch.service(),
                    epoch.kind().word(),
                    epoch.name(),
                    epoch.at().toString());
        }
    }

    /** A list without a time range. */
    record Items(List<Told> items) {}

    private final EpochBook book;
    private final Question question;
    private final Scheduler scheduler;

    EpochsController(EpochBook book, Question question, @Qualifier("storeReads") Scheduler scheduler) {
        this.book = book;
        this.question = question;
        this.scheduler = scheduler;
    }

    /** The service's epochs, newest first; also of one that was deployed and has not reported yet. */
    @GetMapping(PATH)
    Mono<Items> all(@RequestParam @Nullable String service) {
        return Mono.fromCallable(() -> {
                    List<Epoch> told = service == null ? List.of() : book.of(service);
                    List<Epoch> all = told.isEmpty() ? book.of(question.service(service)) : told;
                    return new Items(all.stream().map(Told::of).toList());
                })
                .subscribeOn(scheduler);
    }

    /** Keeps an epoch. The service may be one that has not reported yet: its first deploy comes before its first report. */
    @PostMapping(PATH)
    @ResponseStatus(HttpStatus.CREATED)
    Mono<Told> tell(@RequestBody(required = false) @Nullable String body, ServerWebExchange exchange) {
        return Mono.fromCallable(() -> {
                    Epoch epoch = EpochBody.read(body, question.now());
                    String own = Caller.of(exchange).service();
                    if (own != null && !own.equals(epoch.service())) {
                        throw RefusedException.forbidden(
                                "This token is another service's",
                                "service " + epoch.service(),
                                "service " + own,
                                "Use a token of that service, or one of an administrator.");
                    }
                    book.add(epoch);
                    return Told.of(epoch);
                })
                .subscribeOn(scheduler);
    }
}
