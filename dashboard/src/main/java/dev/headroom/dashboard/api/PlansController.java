package dev.headroom.dashboard.api;

import dev.headroom.dashboard.plan.KeptPlan;
import dev.headroom.dashboard.plan.PlanBook;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Plans of slow statements for programs, the newest first. */
@RestController
class PlansController {
    private final PlanBook plans;
    private final Question question;
    private final Scheduler scheduler;

    PlansController(PlanBook plans, Question question, @Qualifier("storeReads") Scheduler scheduler) {
        this.plans = plans;
        this.question = question;
        this.scheduler = scheduler;
    }

    record Answer(List<KeptPlan> items) {}

    @GetMapping("/api/v1/plans")
    Mono<Answer> plans(@RequestParam @Nullable String service, @RequestParam @Nullable String fingerprint) {
        return Mono.fromCallable(() -> new Answer(plans.of(question.service(service)).stream()
                        .filter(each ->
                                fingerprint == null || each.fingerprint().equals(fingerprint))
                        .toList()))
                .subscribeOn(scheduler);
    }
}
