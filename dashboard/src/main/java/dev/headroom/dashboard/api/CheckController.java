package dev.headroom.dashboard.api;

import dev.headroom.dashboard.budget.BudgetBook;
import dev.headroom.dashboard.budget.file.BudgetFile;
import dev.headroom.dashboard.budget.file.BudgetFileReader;
import dev.headroom.dashboard.refusal.RefusedException;
import dev.headroom.dashboard.run.Gate;
import dev.headroom.dashboard.run.RunArchive;
import dev.headroom.dashboard.run.RunResult;
import dev.headroom.dashboard.run.Runs;
import dev.headroom.dashboard.store.TimeRange;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Judges a stretch of time for a build: 200 pass, 422 fail, 424 no data; the body is the result. */
@RestController
class CheckController {
    private static final String PATH = "/api/v1/check";

    private final Runs runs;
    private final BudgetBook live;
    private final Question question;
    private final Settling settling;
    private final Scheduler scheduler;

    CheckController(
            Runs runs,
            BudgetBook live,
            Question question,
            Settling settling,
            @Qualifier("storeReads") Scheduler scheduler) {
        this.runs = runs;
        this.live = live;
        this.question = question;
        this.settling = settling;
        this.scheduler = scheduler;
    }

    /** By the dashboard's own budgets. */
    @GetMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<RunResult>> check(@RequestParam MultiValueMap<String, String> parameters) {
        return answer(parameters, null);
    }

    /** By the budget file in the body, or by the dashboard's own where it is empty; kept when {@code run} names it. */
    @PostMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<RunResult>> check(
            @RequestParam MultiValueMap<String, String> parameters,
            @RequestBody(required = false) @Nullable String yaml) {
        return answer(parameters, yaml == null ? "" : yaml);
    }

    private Mono<ResponseEntity<RunResult>> answer(MultiValueMap<String, String> all, @Nullable String yaml) {
        Map<String, String> parameters = all.toSingleValueMap();
        Gate gate = gate(parameters.get("failOn"));
        return Mono.fromCallable(() -> {
                    String service = question.service(parameters.get("service"));
                    TimeRange range = question.range(parameters.get("from"), parameters.get("to"));
                    BudgetFile file = file(yaml, parameters.getOrDefault("file", "budgets.yaml"));
                    Runs.Judging judging = new Runs.Judging(file, parameters.get("what"), parameters.get("baseline"));
                    runs.admit(service, range, judging);
                    return new Asked(service, range, judging, name(parameters, yaml != null), labels(all));
                })
                .subscribeOn(scheduler)
                .flatMap(asked -> settling.until(asked.service, asked.range.to())
                        .then(Mono.fromCallable(() -> judge(asked)).subscribeOn(scheduler)))
                .map(result -> ResponseEntity.status(gate.decide(result).http()).body(result));
    }

    /** @param name under which the result is kept; empty to keep none */
    private record Asked(
            String service, TimeRange range, Runs.Judging judging, String name, Map<String, String> labels) {}

    private static String name(Map<String, String> parameters, boolean mayKeep) {
        String name = parameters.getOrDefault("run", "");
        if (!name.isBlank() && !mayKeep) {
            throw RefusedException.bad(
                    "GET keeps nothing",
                    "parameter run",
                    "POST, which may keep a run",
                    "Send the same with POST; the body may be empty.");
        }
        return name;
    }

    private RunResult judge(Asked asked) {
        if (asked.name.isBlank()) {
            return runs.check(asked.service, asked.range, asked.judging);
        }
        RunArchive.Kept kept = runs.keep(asked.service, asked.range, asked.name, asked.labels, asked.judging);
        RunResult result = kept.result();
        if (result == null) {
            throw new IllegalStateException("Run " + kept.id() + " was kept without a result");
        }
        return result;
    }

    private BudgetFile file(@Nullable String yaml, String name) {
        return yaml == null || yaml.isBlank()
                ? live.file()
                : new BudgetFileReader(LocalDate.ofInstant(question.now(), ZoneOffset.UTC)).parse(name, yaml);
    }

    static Gate gate(@Nullable String failOn) {
        if (failOn != null && !failOn.equals("warn") && !failOn.equals("fail")) {
            throw RefusedException.bad("Parameter failOn is unknown", failOn, "fail or warn", "Leave it out for fail.");
        }
        return Gate.of(failOn);
    }

    /** Parameters {@code label=commit=abc}, any number. */
    static Map<String, String> labels(MultiValueMap<String, String> parameters) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String label : parameters.getOrDefault("label", java.util.List.of())) {
            int equals = label.indexOf('=');
            if (equals <= 0) {
                throw RefusedException.bad(
                        "A label has no value", label, "label=<key>=<value>", "For example label=commit=3f2a9c1.");
            }
            labels.put(label.substring(0, equals), label.substring(equals + 1));
        }
        return labels;
    }
}
