package dev.headroom.dashboard.api;

import dev.headroom.dashboard.run.Runs;
import java.time.Duration;
import java.time.Instant;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Waits a little for the last windows of JVMs that still report, where a stretch of time ends about now. Thread-safe; never blocks. */
@Component
final class Settling {
    private static final Duration RECENT = Duration.ofSeconds(20);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(12);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Runs runs;
    private final Question question;
    private final Scheduler scheduler;

    Settling(Runs runs, Question question, @Qualifier("storeReads") Scheduler scheduler) {
        this.runs = runs;
        this.question = question;
        this.scheduler = scheduler;
    }

    /** Completes when the service has reported until then, or will not. */
    Mono<Void> until(String service, Instant to) {
        if (to.isBefore(question.now().minus(RECENT))) {
            return Mono.empty();
        }
        return Mono.fromCallable(() -> runs.reportedUntil(service, to))
                .subscribeOn(scheduler)
                .filter(reported -> reported)
                .repeatWhenEmpty(again -> again.delayElements(PAUSE))
                .timeout(LONGEST_WAIT, Mono.just(false))
                .then();
    }
}
