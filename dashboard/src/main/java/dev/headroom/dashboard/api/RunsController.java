package dev.headroom.dashboard.api;

import dev.headroom.dashboard.budget.BudgetBook;
import dev.headroom.dashboard.budget.Verdict;
import dev.headroom.dashboard.budget.file.BudgetFile;
import dev.headroom.dashboard.budget.file.BudgetFileReader;
import dev.headroom.dashboard.refusal.RefusedException;
import dev.headroom.dashboard.run.Gate;
import dev.headroom.dashboard.run.RunArchive;
import dev.headroom.dashboard.run.RunArchive.Kept;
import dev.headroom.dashboard.run.RunResult;
import dev.headroom.dashboard.run.Runs;
import dev.headroom.dashboard.run.report.ReportFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Runs of tests and load: begun, finished, listed, reported. */
@RestController
@RequestMapping("/api/v1/runs")
class RunsController {
    private static final int MOST = 200;

    /** What is to begin. */
    record Wanted(
            @Nullable String name,
            @Nullable String service,
            @Nullable Map<String, String> labels) {}

    /**
     * A run in a list.
     *
     * @param state open or finished
     * @param overall null while it goes on, as the three numbers
     */
    record Line(
            String id,
            String name,
            String service,
            Instant from,
            @Nullable Instant to,
            Map<String, String> labels,
            String state,
            @Nullable Verdict overall,
            @Nullable Long failing,
            @Nullable Long warning,
            @Nullable Long passing) {
        static Line of(Kept run) {
            RunResult result = run.result();
            return new Line(
                    run.id(),
                    run.name(),
                    run.service(),
                    run.from(),
                    run.to(),
                    run.labels(),
                    result == null ? "open" : "finished",
                    result == null ? null : result.overall(),
                    result == null ? null : result.count(Verdict.FAIL),
                    result == null ? null : result.count(Verdict.WARN),
                    result == null ? null : result.count(Verdict.PASS));
        }
    }

    record Items(List<Line> items) {}

    /** A run with everything that came of it. */
    record Whole(Line run, @Nullable RunResult result) {}

    private final Runs runs;
    private final RunArchive archive;
    private final BudgetBook live;
    private final Question question;
    private final Settling settling;
    private final Scheduler scheduler;

    RunsController(
            Runs runs,
            RunArchive archive,
            BudgetBook live,
            Question question,
            Settling settling,
            @Qualifier("storeReads") Scheduler scheduler) {
        this.runs = runs;
        this.archive = archive;
        this.live = live;
        this.question = question;
        this.settling = settling;
        this.scheduler = scheduler;
    }

    /** Newest first. */
    @GetMapping
    Mono<Items> all(@RequestParam @Nullable String service) {
        return Mono.fromCallable(() ->
                        new Items(archive.newest(service == null || service.isBlank() ? null : service, MOST).stream()
                                .map(Line::of)
                                .toList()))
                .subscribeOn(scheduler);
    }

    @PostMapping
    Mono<ResponseEntity<Line>> begin(@RequestBody Wanted wanted) {
        return Mono.fromCallable(() -> {
                    String service = wanted.service == null ? "" : wanted.service;
                    String name = wanted.name == null ? "" : wanted.name;
                    Map<String, String> labels = wanted.labels == null ? Map.of() : wanted.labels;
                    return ResponseEntity.status(HttpStatus.CREATED).body(Line.of(runs.start(service, name, labels)));
                })
                .subscribeOn(scheduler);
    }

    /** Judges it by the budget file in the body, or by the dashboard's own where it is empty. */
    @PostMapping("/{id}/finish")
    Mono<ResponseEntity<RunResult>> finish(
            @PathVariable String id,
            @RequestParam Map<String, String> parameters,
            @RequestBody(required = false) @Nullable String yaml) {
        Gate gate = CheckController.gate(parameters.get("failOn"));
        Instant to = question.now();
        return Mono.fromCallable(() -> runs.open(id))
                .subscribeOn(scheduler)
                .flatMap(run -> settling.until(run.service(), to)
                        .then(Mono.fromCallable(() -> judge(id, to, parameters, yaml))
                                .subscribeOn(scheduler)))
                .map(result -> ResponseEntity.status(gate.decide(result).http()).body(result));
    }

    private RunResult judge(String id, Instant to, Map<String, String> parameters, @Nullable String yaml) {
        BudgetFile file = yaml == null || yaml.isBlank()
                ? live.file()
                : new BudgetFileReader(LocalDate.ofInstant(question.now(), ZoneOffset.UTC))
                        .parse(parameters.getOrDefault("file", "budgets.yaml"), yaml);
        Runs.Judging judging = new Runs.Judging(file, parameters.get("what"), parameters.get("baseline"));
        return result(runs.finish(id, to, judging));
    }

    @GetMapping("/{id}")
    Mono<Whole> one(@PathVariable String id) {
        return Mono.fromCallable(() -> {
                    Kept run = found(id);
                    return new Whole(Line.of(run), run.result());
                })
                .subscribeOn(scheduler);
    }

    /** As HTML, JUnit XML or Markdown: {@code report.html}, {@code report.xml}, {@code report.md}. */
    @GetMapping("/{id}/report.{ending:html|xml|md|json}")
    Mono<ResponseEntity<byte[]>> report(@PathVariable String id, @PathVariable String ending) {
        return Mono.fromCallable(() -> {
                    ReportFormat format = ReportFormat.ofEnding(ending);
                    byte[] report = format.write(result(found(id)), new Gate(false));
                    ResponseEntity.BodyBuilder answer = ResponseEntity.ok()
                            .contentType(MediaType.parseMediaType(format.mediaType()))
                            .header("Cache-Control", "no-store");
                    if (format == ReportFormat.HTML) {
                        answer.header("Content-Security-Policy", ReportFormat.policy());
                    }
                    return answer.body(report);
                })
                .subscribeOn(scheduler);
    }

    @DeleteMapping("/{id}")
    Mono<ResponseEntity<Void>> remove(@PathVariable String id) {
        return Mono.fromCallable(() -> {
                    found(id);
                    archive.remove(id);
                    return ResponseEntity.noContent().<Void>build();
                })
                .subscribeOn(scheduler);
    }

    private Kept found(String id) {
        return archive.find(id)
                .orElseThrow(() ->
                        RefusedException.unknown("No such run", id, "the id of a run", "GET /api/v1/runs lists them."));
    }

    private static RunResult result(Kept run) {
        RunResult result = run.result();
        if (result == null) {
            throw RefusedException.conflict(
                    "The run goes on",
                    run.id(),
                    "a finished run",
                    "POST /api/v1/runs/" + run.id() + "/finish judges it.");
        }
        return result;
    }
}
