package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.budget.file.Budget;
import dev.headroom.dashboard.budget.file.BudgetFile;
import dev.headroom.dashboard.budget.file.Knobs;
import dev.headroom.dashboard.store.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Judges the budgets that a file has for tests, scope by scope, on what was measured within the scope's runs. The definitions are
 * those of production: the same measures, tallies and judge. Thread-safe.
 */
public final class ScopeJudge {
    private final List<Check> checks = new ArrayList<>();
    private final ScopeSeries series;
    private final LimitsBook limits;
    private final ReportWriter writer;

    /** A budget on one subject of a scope, and what it came to. */
    public record Ruling(Budget budget, BudgetStatus status) {
        /** What it weighs: waived or without severity, a FAIL is a WARN. Null where another budget is judged in its place. */
        public @Nullable Verdict counted() {
            String reason = status.reason();
            if (Reason.SUPERSEDED.key().equals(reason)) {
                return null;
            }
            boolean waived = reason != null && reason.startsWith(Reason.WAIVED.key());
            boolean mild = waived || budget.knobs().severity() == Knobs.Severity.NONE;
            return status.status() == Verdict.FAIL && mild ? Verdict.WARN : status.status();
        }

        /** Whether a test that is gated by it fails. */
        public boolean failed() {
            return counted() == Verdict.FAIL;
        }

        /** Whether it had to be measured and was not. */
        public boolean missing() {
            return counted() == Verdict.NO_DATA && budget.knobs().noData() == Knobs.NoData.FAIL;
        }
    }

    public ScopeJudge(BudgetFile file) {
        Facts facts = new Facts(file.classes());
        file.testBudgets().forEach(budget -> checks.add(new Check(budget, facts)));
        this.series = new ScopeSeries(checks);
        this.limits = new LimitsBook(checks);
        this.writer = new ReportWriter(new Precedence(checks), file.waivers());
    }

    /** What an agent is told before the first scope, so that it counts exactly at the budgets' limits. */
    public String limitLines() {
        return limits.lines("");
    }

    /**
     * Judges every budget that is about the scope.
     *
     * @param service the application under test
     * @param runs at least one
     * @param at the day for waivers
     */
    public List<Ruling> judge(String service, String scope, List<ScopeRun> runs, Instant at) {
        Origin origin = new Origin(service, "", Map.of());
        List<Sighting> sightings = new ArrayList<>();
        long nanos = 0;
        for (ScopeRun run : runs) {
            nanos += run.durationNanos();
            add(sightings, run.points(), origin);
            add(sightings, series.of(scope, run), origin);
        }
        List<ServiceEvaluation.Result> results = new ArrayList<>();
        for (Check check : checks) {
            if (check.budget().inScope(scope)) {
                findings(check, sightings, Duration.ofNanos(Math.max(1, nanos)))
                        .forEach((subject, finding) ->
                                results.add(new ServiceEvaluation.Result(check, subject(scope, subject), finding)));
            }
        }
        return rulings(service, results, at);
    }

    /** Budgets about scopes of which none was run, with NO DATA. */
    public List<Ruling> neverRun(String service, Collection<String> scopes, Instant at) {
        List<ServiceEvaluation.Result> results = new ArrayList<>();
        for (Check check : checks) {
            String about = check.budget().scope();
            if (about != null && scopes.stream().noneMatch(check.budget()::inScope)) {
                results.add(new ServiceEvaluation.Result(
                        check, about, Finding.noData(Reason.NEVER_SEEN, "no test ran a scope " + about)));
            }
        }
        return rulings(service, results, at);
    }

    private List<Ruling> rulings(String service, List<ServiceEvaluation.Result> results, Instant at) {
        List<BudgetStatus> items = writer.write(service, at, results).report().items();
        List<Ruling> rulings = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            rulings.add(new Ruling(results.get(i).check().budget(), items.get(i)));
        }
        return rulings;
    }

    private static void add(List<Sighting> sightings, List<Point> points, Origin origin) {
        points.forEach(point -> sightings.add(new Sighting(point.key(), origin, point.value())));
    }

    private static String subject(String scope, String subject) {
        return subject.isEmpty() ? scope : scope + ", " + subject;
    }

    private static Map<String, Finding> findings(Check check, List<Sighting> sightings, Duration length) {
        Budget budget = check.budget();
        if (!check.measured()) {
            return Map.of("", Finding.noData(Reason.NEVER_SEEN, "nothing measures " + budget.measure() + " yet"));
        }
        if (check.readings() != null) {
            return Map.of("", Finding.noData(Reason.PARTIAL, "readings are of ten seconds each, a scope is shorter"));
        }
        if (budget.compare() != null) {
            return Map.of("", Finding.noData(Reason.TOO_FEW, "no other run to compare with within a test"));
        }
        Map<String, Finding> findings = new TreeMap<>();
        Tally.count(check, sightings)
                .forEach((subject, tallies) -> findings.put(subject, EventFinding.of(check, tallies, length, 1)));
        if (findings.isEmpty()) {
            findings.put("", Finding.noData(Reason.IDLE, "nothing within the scope matched it"));
        }
        return findings;
    }
}
