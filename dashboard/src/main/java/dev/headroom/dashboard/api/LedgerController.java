package dev.headroom.dashboard.api;

import dev.headroom.dashboard.operations.Deliveries;
import dev.headroom.dashboard.operations.DeliveryReport;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Whether the numbers are complete. */
@RestController
class LedgerController {
    private final Deliveries deliveries;
    private final Question question;
    private final Scheduler scheduler;

    LedgerController(Deliveries deliveries, Question question, @Qualifier("storeReads") Scheduler scheduler) {
        this.deliveries = deliveries;
        this.question = question;
        this.scheduler = scheduler;
    }

    @GetMapping("/api/v1/ledger")
    Mono<DeliveryReport> ledger(
            @RequestParam @Nullable String service,
            @RequestParam @Nullable String from,
            @RequestParam @Nullable String to) {
        return Mono.fromCallable(
                        () -> deliveries.of(question.service(service), question.range(from, to), question.now()))
                .subscribeOn(scheduler);
    }
}
