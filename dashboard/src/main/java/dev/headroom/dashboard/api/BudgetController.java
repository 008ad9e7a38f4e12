package dev.headroom.dashboard.api;

import dev.headroom.dashboard.budget.BudgetInquiry;
import dev.headroom.dashboard.budget.BudgetReports;
import dev.headroom.dashboard.budget.BudgetStatus;
import dev.headroom.dashboard.budget.file.BudgetYaml;
import dev.headroom.dashboard.history.ErrorBudget;
import dev.headroom.dashboard.history.ErrorBudgets;
import dev.headroom.dashboard.history.VerdictHistory;
import dev.headroom.dashboard.history.VerdictStrip;
import dev.headroom.dashboard.refusal.RefusedException;
import dev.headroom.dashboard.store.BudgetSubject;
import dev.headroom.dashboard.store.Incident;
import dev.headroom.dashboard.store.IncidentStore;
import dev.headroom.dashboard.store.TimeRange;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** One budget with everything that is known of it. */
@RestController("apiBudgetController")
class BudgetController {
    private static final int MOST_INCIDENTS = 50;

    private final BudgetReports reports;
    private final BudgetInquiry inquiry;
    private final ErrorBudgets budgets;
    private final VerdictHistory history;
    private final IncidentStore incidents;
    private final Question question;
    private final Scheduler scheduler;

    BudgetController(
            BudgetReports reports,
            BudgetInquiry inquiry,
            ErrorBudgets budgets,
            VerdictHistory history,
            IncidentStore incidents,
            Question question,
            @Qualifier("storeReads") Scheduler scheduler) {
        this.reports = reports;
        this.inquiry = inquiry;
        this.budgets = budgets;
        this.history = history;
        this.incidents = incidents;
        this.question = question;
        this.scheduler = scheduler;
    }

    @GetMapping("/api/v1/budgets/{id}")
    Mono<BudgetAnswer> budget(
            @PathVariable String id,
            @RequestParam @Nullable String service,
            @RequestParam @Nullable String subject,
            @RequestParam @Nullable String from,
            @RequestParam @Nullable String to) {
        return Mono.fromCallable(() -> answer(id, question.service(service), subject, question.range(from, to)))
                .subscribeOn(scheduler);
    }

    private BudgetAnswer answer(String id, String service, @Nullable String named, TimeRange range) {
        List<BudgetStatus> all = reports.of(service).items().stream()
                .filter(item -> item.id().equals(id))
                .sorted(Comparator.comparing(BudgetStatus::status).reversed())
                .toList();
        String subject = named != null ? named : all.isEmpty() ? "" : all.get(0).subject();
        BudgetInquiry.Answer answer = inquiry.ask(id, service, subject, range, range.length());
        if (answer == null) {
            throw RefusedException.unknown(
                    "Unknown budget",
                    id,
                    "the id of a budget in the budget file",
                    "GET /api/v1/budgets?service=" + service + " lists those that are judged.");
        }
        BudgetSubject about = new BudgetSubject(service, id, subject);
        VerdictStrip strip = history.of(about);
        Instant now = question.now();
        ErrorBudget left = budgets.of(about);
        List<Incident> past = incidents.incidents(service, id, null, null, 1_000).stream()
                .filter(incident -> incident.subject().equals(subject))
                .limit(MOST_INCIDENTS)
                .toList();
        return new BudgetAnswer(
                id,
                service,
                subject,
                all.stream()
                        .filter(item -> item.subject().equals(subject))
                        .findFirst()
                        .orElse(null),
                past.stream().filter(Incident::open).findFirst().orElse(null),
                left == null ? null : BudgetAnswer.Spent.of(left),
                List.of(
                        BudgetAnswer.History.of(strip, VerdictStrip.Span.DAY, now),
                        BudgetAnswer.History.of(strip, VerdictStrip.Span.MONTH, now)),
                answer.range().from(),
                answer.range().to(),
                answer.splits(),
                past,
                BudgetYaml.of(answer.budget()));
    }
}
