package dev.headroom.dashboard.api;

import dev.headroom.dashboard.finding.Finding;
import dev.headroom.dashboard.finding.Findings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Findings for programs, the largest saving first. */
@RestController
class FindingsController {
    private final Findings findings;
    private final Question question;
    private final Scheduler scheduler;

    FindingsController(Findings findings, Question question, @Qualifier("storeReads") Scheduler scheduler) {
        this.findings = findings;
        this.question = question;
        this.scheduler = scheduler;
    }

    record Answer(List<Finding> items) {}

    @GetMapping("/api/v1/findings")
    Mono<Answer> findings(@RequestParam @Nullable String service) {
        return Mono.fromCallable(() -> new Answer(findings.of(question.service(service))))
                .subscribeOn(scheduler);
    }
}
