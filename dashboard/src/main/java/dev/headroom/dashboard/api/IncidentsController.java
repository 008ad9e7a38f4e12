package dev.headroom.dashboard.api;

import dev.headroom.dashboard.refusal.RefusedException;
import dev.headroom.dashboard.store.Incident;
import dev.headroom.dashboard.store.IncidentStore;
import dev.headroom.dashboard.store.TimeRange;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Incidents for programs, newest first. */
@RestController
class IncidentsController {
    private static final int MOST = 1_000;

    private final IncidentStore incidents;
    private final Question question;
    private final Scheduler scheduler;

    IncidentsController(IncidentStore incidents, Question question, @Qualifier("storeReads") Scheduler scheduler) {
        this.incidents = incidents;
        this.question = question;
        this.scheduler = scheduler;
    }

    /** @param most so many incidents at most are in the answer */
    record Answer(int most, List<Incident> incidents) {}

    @GetMapping("/api/v1/incidents")
    Mono<Answer> incidents(
            @RequestParam @Nullable String service,
            @RequestParam @Nullable String budget,
            @RequestParam @Nullable String from,
            @RequestParam @Nullable String to,
            @RequestParam @Nullable String open) {
        return Mono.fromCallable(() -> {
                    TimeRange range = given(from) || given(to) ? question.range(from, to) : null;
                    return new Answer(
                            MOST,
                            incidents.incidents(
                                    given(service) ? service : null,
                                    given(budget) ? budget : null,
                                    range,
                                    open(open),
                                    MOST));
                })
                .subscribeOn(scheduler);
    }

    private static boolean given(@Nullable String text) {
        return text != null && !text.isBlank();
    }

    private static @Nullable Boolean open(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        throw RefusedException.bad(
                "Parameter open is neither true nor false",
                text,
                "true for incidents that are open, false for those that are closed",
                "Leave it out for both.");
    }
}
