package dev.headroom.junit;

import dev.headroom.dashboard.budget.BudgetStatus;
import dev.headroom.dashboard.budget.ScopeJudge;
import dev.headroom.dashboard.budget.StatementRuns;
import dev.headroom.dashboard.budget.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Every verdict of the run and what it rests on, written as JSON when the run ends: the form in which the dashboard keeps runs,
 * with the scopes beside it. Not thread-safe.
 */
final class RunReport {
    private static final int FORMAT = 1;
    private static final int STATEMENTS = 20;

    private final String service;
    private final String place;
    private final Instant begun = Instant.now();
    private final List<ScopeJudge.Ruling> rulings = new ArrayList<>();
    private final List<Map<String, Object>> scopes = new ArrayList<>();
    private final Set<String> names = new LinkedHashSet<>();

    /** @param place of the file; empty for {@code headroom/budgets.json} in the build's folder */
    RunReport(String service, String place) {
        this.service = service;
        this.place = place;
    }

    /** The folder that the tests run in. */
    static String projectName() {
        Path folder = Path.of("").toAbsolutePath().getFileName();
        return folder == null ? "tests" : folder.toString();
    }

    String service() {
        return service;
    }

    void add(Budgets budgets, String scope, List<RecordedRun> runs, List<ScopeJudge.Ruling> added) {
        rulings.addAll(added);
        names.add(scope);
        Map<String, Object> entry = Json.object();
        entry.put("scope", scope);
        entry.put("file", budgets.place());
        entry.put(
                "durationsMillis",
                runs.stream().map(run -> run.run().durationNanos() / 1e6).toList());
        entry.put("statements", statements(runs));
        scopes.add(entry);
    }

    private static List<Map<String, Object>> statements(List<RecordedRun> runs) {
        List<Map<String, Object>> statements = new ArrayList<>();
        List<StatementRuns> all = StatementRuns.of(
                runs.stream().flatMap(run -> run.run().points().stream()).toList());
        for (StatementRuns each : all.subList(0, Math.min(STATEMENTS, all.size()))) {
            Map<String, Object> entry = Json.object();
            entry.put("fingerprint", each.fingerprint());
            entry.put("text", each.text());
            entry.put("runs", each.runs());
            entry.put("millis", each.seconds() * 1e3);
            Map<String, Object> callers = Json.object();
            for (RecordedRun run : runs) {
                run.callers()
                        .getOrDefault(each.fingerprint(), Map.of())
                        .forEach((caller, count) -> callers.merge(
                                caller,
                                count,
                                (one, more) -> ((Number) one).longValue() + ((Number) more).longValue()));
            }
            entry.put("callers", callers);
            statements.add(entry);
        }
        return statements;
    }

    /** Writes the file, unless no test was gated. Budgets whose scope no test ran are in it with NO DATA. */
    void write(Collection<Budgets> files) {
        if (scopes.isEmpty()) {
            return;
        }
        Instant now = Instant.now();
        List<ScopeJudge.Ruling> all = new ArrayList<>(rulings);
        files.forEach(each -> all.addAll(each.judge().neverRun(service, names, now)));
        Map<String, @Nullable Object> span = Json.object();
        span.put("from", begun.toString());
        span.put("to", now.toString());
        Map<String, @Nullable Object> report = Json.object();
        report.put("format", FORMAT);
        report.put("run", null);
        report.put("service", service);
        report.putAll(span);
        report.put("measured", span);
        report.put("judged", now.toString());
        report.put("labels", Json.object());
        report.put("budgets", files.stream().map(Budgets::place).collect(Collectors.joining(", ")));
        report.put("kind", "tests");
        report.put("overall", overall().label());
        report.put("items", all.stream().map(RunReport::item).toList());
        report.put("pictures", List.of());
        report.put("jvms", List.of());
        report.put("baseline", null);
        report.put("warnings", List.of());
        report.put("scopes", scopes);
        Path file = file();
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.write(file, (Json.text(report) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "The report of the budgets cannot be written to " + file.toAbsolutePath()
                            + "; set the configuration parameter headroom.junit.report to a writable place",
                    failure);
        }
    }

    /** Of what was run: a budget that no test was about says nothing about the tests that were. */
    private Verdict overall() {
        Verdict worst = Verdict.NO_DATA;
        boolean missing = false;
        for (ScopeJudge.Ruling ruling : rulings) {
            Verdict counted = ruling.counted();
            worst = counted != null && counted.compareTo(worst) > 0 ? counted : worst;
            missing |= ruling.missing();
        }
        return missing && worst == Verdict.PASS ? Verdict.NO_DATA : worst;
    }

    private Path file() {
        if (!place.isEmpty()) {
            return Path.of(place);
        }
        return Path.of(Files.isDirectory(Path.of("target")) ? "target" : "build", "headroom", "budgets.json");
    }

    private static Map<String, @Nullable Object> item(ScopeJudge.Ruling ruling) {
        BudgetStatus status = ruling.status();
        Verdict counted = ruling.counted();
        Map<String, @Nullable Object> item = Json.object();
        item.put("id", status.id());
        item.put("title", status.title());
        item.put("subject", status.subject());
        item.put("signal", status.signal());
        item.put("target", status.target());
        item.put("acceptable", status.acceptable());
        item.put("current", status.current());
        item.put("status", status.status().label());
        item.put("counted", counted == null ? null : counted.label());
        item.put("reason", status.reason());
        item.put("noData", ruling.budget().knobs().noData().name().toLowerCase(Locale.ROOT));
        item.put("n", status.n());
        item.put("bad", status.bad());
        item.put("evidence", status.evidence());
        item.put("headroom", status.headroom());
        item.put("severity", status.severity());
        item.put("sentence", status.sentence());
        item.put("change", null);
        return item;
    }
}
