package dev.headroom.dashboard.api;

import dev.headroom.dashboard.notify.Notifier;
import dev.headroom.dashboard.notify.NotifyReport;
import dev.headroom.dashboard.refusal.RefusedException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Who is told of failing budgets and how that goes; a test is for admins, as every POST that is not a delivery. */
@RestController
@RequestMapping("/api/v1/notifications")
class NotificationsController {
    /** Page or ticket. */
    record Wanted(@Nullable String severity) {}

    record Results(List<NotifyReport.Tried> items) {}

    private final Notifier notifier;
    private final Scheduler scheduler;

    NotificationsController(Notifier notifier, @Qualifier("storeReads") Scheduler scheduler) {
        this.notifier = notifier;
        this.scheduler = scheduler;
    }

    @GetMapping
    NotifyReport report() {
        return notifier.report();
    }

    @PostMapping("/test")
    Mono<Results> test(@RequestBody Wanted wanted) {
        String severity = wanted.severity == null ? "page" : wanted.severity;
        if (!severity.equals("page") && !severity.equals("ticket")) {
            throw RefusedException.bad(
                    "Wrong severity", "\"" + severity + "\"", "page or ticket", "Nobody is told of severity none.");
        }
        return Mono.fromCallable(() -> new Results(notifier.test(severity))).subscribeOn(scheduler);
    }
}
