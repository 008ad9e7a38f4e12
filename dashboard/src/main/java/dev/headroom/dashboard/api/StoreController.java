package dev.headroom.dashboard.api;

import dev.headroom.dashboard.store.StoreReport;
import dev.headroom.dashboard.store.StoreStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** What the store holds, how far back, and what it lost. */
@RestController
class StoreController {
    /**
     * @param sound nothing is refused, and nothing is lost that should still be there
     * @param freeBytes what the disk has left; null when it does not say
     * @param refusal why nothing is stored at the moment
     */
    record Answer(
            boolean sound,
            String path,
            long bytes,
            long maxBytes,
            @Nullable Long freeBytes,
            @Nullable String refusal,
            List<Tier> tiers,
            List<StoreStatus.Event> events) {}

    /** @param shortened something that should still be there was removed for want of room or is damaged */
    record Tier(
            String name,
            String level,
            long cellSeconds,
            long keepSeconds,
            int files,
            long bytes,
            @Nullable Instant oldest,
            @Nullable Long reachSeconds,
            boolean shortened) {}

    private final StoreReport report;
    private final Question question;
    private final Scheduler scheduler;

    StoreController(StoreReport report, Question question, @Qualifier("storeReads") Scheduler scheduler) {
        this.report = report;
        this.question = question;
        this.scheduler = scheduler;
    }

    @GetMapping("/api/v1/store")
    Mono<Answer> store() {
        return Mono.fromCallable(() -> answer(report.status(), question.now())).subscribeOn(scheduler);
    }

    private static Answer answer(StoreStatus status, Instant now) {
        return new Answer(
                status.sound(),
                status.path(),
                status.bytes(),
                status.maxBytes(),
                status.freeBytes() < 0 ? null : status.freeBytes(),
                status.refusal(),
                status.tiers().stream().map(tier -> tier(tier, now)).toList(),
                status.events());
    }

    private static Tier tier(StoreStatus.Tier tier, Instant now) {
        Instant oldest = tier.oldest();
        return new Tier(
                tier.name(),
                tier.perInstance() ? "instance" : "service",
                tier.cell().toSeconds(),
                tier.keep().toSeconds(),
                tier.files(),
                tier.bytes(),
                oldest,
                oldest == null
                        ? null
                        : Math.max(0, Duration.between(oldest, now).toSeconds()),
                tier.shortened());
    }
}
