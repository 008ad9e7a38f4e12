package dev.headroom.dashboard.api;

import dev.headroom.dashboard.budget.BackTests;
import dev.headroom.dashboard.budget.BudgetBook;
import dev.headroom.dashboard.budget.BudgetTrial;
import dev.headroom.dashboard.budget.LimitSuggestions;
import dev.headroom.dashboard.refusal.RefusedException;
import dev.headroom.dashboard.store.TimeRange;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Edited limits judged over what is stored, and limits that would be kept. */
@RestController
class BackTestController {
    private static final Duration DEFAULT_RANGE = Duration.ofDays(7);
    private static final Duration SUGGESTED_FROM = Duration.ofDays(1);

    /**
     * A back-test.
     *
     * @param progress share that is done, from 0 to 1
     * @param items null until all is done
     */
    record State(
            String id,
            String service,
            Instant from,
            Instant to,
            double progress,
            @Nullable List<BackTests.Item> items) {
        static State of(BackTests.Job job) {
            return new State(
                    job.id(), job.service(), job.range().from(), job.range().to(), job.progress(), job.items());
        }
    }

    /** Suggestions from a range. */
    record Suggested(String service, Instant from, Instant to, List<LimitSuggestions.Suggestion> items) {}

    private final BackTests tests;
    private final BudgetBook book;
    private final LimitSuggestions suggestions;
    private final Question question;
    private final Scheduler scheduler;

    BackTestController(
            BackTests tests,
            BudgetBook book,
            LimitSuggestions suggestions,
            Question question,
            @Qualifier("storeReads") Scheduler scheduler) {
        this.tests = tests;
        this.book = book;
        this.suggestions = suggestions;
        this.question = question;
        this.scheduler = scheduler;
    }

    /**
     * Begins a back-test: of the budgets in the YAML body, or of one in force with other limits.
     *
     * @return 202 and where to ask for its state
     */
    @PostMapping(path = "/api/v1/budgets/backtest", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<State>> begin(
            @RequestBody(required = false) @Nullable String yaml,
            @RequestParam @Nullable String id,
            @RequestParam @Nullable String target,
            @RequestParam @Nullable String acceptable,
            @RequestParam @Nullable String service,
            @RequestParam @Nullable String from,
            @RequestParam @Nullable String to) {
        return Mono.fromCallable(() -> {
                    BudgetTrial trial = trial(yaml, id, target, acceptable);
                    TimeRange range = range(from, to, DEFAULT_RANGE);
                    BackTests.Job job = tests.begin(trial.file(), trial.budgets(), question.service(service), range);
                    if (job == null) {
                        throw RefusedException.busy(
                                "Too many back-tests wait",
                                "a full queue",
                                "one at a time",
                                "Try again when one is done.");
                    }
                    return ResponseEntity.accepted()
                            .location(URI.create("/api/v1/budgets/backtest/" + job.id()))
                            .body(State.of(job));
                })
                .subscribeOn(scheduler);
    }

    private BudgetTrial trial(
            @Nullable String yaml, @Nullable String id, @Nullable String target, @Nullable String acceptable) {
        try {
            return BudgetTrial.of(book, yaml, id, target, acceptable, question.now());
        } catch (dev.headroom.dashboard.budget.file.BudgetFileException wrong) {
            throw RefusedException.bad(
                    "The budgets cannot be judged",
                    String.valueOf(wrong.getMessage()),
                    "a YAML body, or ?id=<budget>&target=<limit>",
                    "GET /api/v1/budgets.schema.json describes the language.");
        }
    }

    private TimeRange range(@Nullable String from, @Nullable String to, Duration absent) {
        boolean open = from == null || from.isBlank();
        Instant end = to == null || to.isBlank()
                ? question.now()
                : question.range(from, to).to();
        return open ? TimeRange.upTo(end, absent) : question.range(from, to);
    }

    @GetMapping("/api/v1/budgets/backtest/{id}")
    State state(@PathVariable String id) {
        BackTests.Job job = tests.job(id);
        if (job == null) {
            throw RefusedException.unknown(
                    "Unknown back-test",
                    id,
                    "one of the newest twenty since the dashboard's start",
                    "POST /api/v1/budgets/backtest begins one.");
        }
        return State.of(job);
    }

    /** Budgets that the service would have kept, by default on its last day. */
    @GetMapping("/api/v1/budgets/suggestions")
    Mono<Suggested> suggestions(
            @RequestParam @Nullable String service,
            @RequestParam @Nullable String from,
            @RequestParam @Nullable String to) {
        return Mono.fromCallable(() -> {
                    String name = question.service(service);
                    TimeRange range = range(from, to, SUGGESTED_FROM);
                    return new Suggested(name, range.from(), range.to(), suggestions.of(name, range));
                })
                .subscribeOn(scheduler);
    }

    /** The budget file in force, as it was read. */
    @GetMapping(path = "/api/v1/budgets.yaml", produces = "text/yaml;charset=UTF-8")
    String yaml() {
        return book.text();
    }
}
