package dev.headroom.dashboard.run;

import dev.headroom.dashboard.budget.BudgetStatus;
import dev.headroom.dashboard.budget.Contributors;
import dev.headroom.dashboard.budget.RangeEvaluation.Answer;
import dev.headroom.dashboard.budget.RangeEvaluation.Judged;
import dev.headroom.dashboard.budget.Verdict;
import dev.headroom.dashboard.budget.file.BudgetFile;
import dev.headroom.dashboard.store.Instance;
import dev.headroom.dashboard.store.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the record of a result. Stateless. */
final class RunResults {
    private static final int MOST_JVMS = 50;
    private static final int MOST_PARTS = 3;
    private static final Duration SLACK = Duration.ofSeconds(30);

    private RunResults() {}

    /** What is known before anything is judged. */
    record Context(
            String service,
            TimeRange range,
            Instant now,
            BudgetFile file,
            String kind,
            RunResult.@Nullable Name run,
            Map<String, String> labels,
            RunArchive.@Nullable Kept base,
            int budgets) {}

    static RunResult of(Context context, Answer answer) {
        TimeRange measured = answer.range();
        List<RunResult.Item> items = answer.items().stream()
                .map(RunResults::item)
                .sorted(Comparator.comparing(RunResult.Item::status)
                        .reversed()
                        .thenComparingDouble(item -> item.headroom() == null ? Double.MAX_VALUE : item.headroom())
                        .thenComparing(RunResult.Item::id)
                        .thenComparing(RunResult.Item::subject))
                .toList();
        return new RunResult(
                RunResult.FORMAT,
                context.run,
                context.service,
                context.range.from(),
                context.range.to(),
                measured == null ? null : new RunResult.Span(measured.from(), measured.to()),
                context.now,
                new TreeMap<>(context.labels),
                context.file.name(),
                context.kind,
                answer.overall(),
                items,
                Pictures.of(answer.items()),
                answer.instances().stream()
                        .limit(MOST_JVMS)
                        .map(RunResults::jvm)
                        .toList(),
                base(context.base),
                warnings(context, answer));
    }

    private static RunResult.Item item(Judged judged) {
        BudgetStatus status = judged.status();
        return new RunResult.Item(
                status.id(),
                status.title(),
                status.subject(),
                status.signal(),
                status.target(),
                status.acceptable(),
                status.current(),
                status.status(),
                judged.counted(),
                status.reason(),
                judged.noData().name().toLowerCase(Locale.ROOT),
                status.n(),
                status.bad(),
                status.evidence(),
                status.headroom(),
                status.severity(),
                status.sentence(),
                judged.change(),
                contributors(judged));
    }

    /** The first parts by each key; one that is all of the events says nothing. */
    private static List<RunResult.Contributor> contributors(Judged judged) {
        List<RunResult.Contributor> contributors = new ArrayList<>();
        for (Contributors.Split split : judged.contributors()) {
            for (Contributors.Part part : split.parts() == 1 ? List.<Contributors.Part>of() : split.rows()) {
                if (part.excess() > 0 && split.rows().indexOf(part) < MOST_PARTS) {
                    contributors.add(
                            new RunResult.Contributor(split.key(), part.name(), part.n(), part.bad(), part.excess()));
                }
            }
        }
        return contributors;
    }

    private static RunResult.Jvm jvm(Instance instance) {
        Map<String, String> resource = instance.resource();
        return new RunResult.Jvm(
                instance.instance(),
                resource.getOrDefault("host.name", ""),
                resource.getOrDefault("service.version", ""),
                (resource.getOrDefault("process.runtime.name", "") + " "
                                + resource.getOrDefault("process.runtime.version", ""))
                        .strip(),
                (resource.getOrDefault("telemetry.distro.name", "") + " "
                                + resource.getOrDefault("telemetry.distro.version", ""))
                        .strip());
    }

    private static RunResult.@Nullable Base base(RunArchive.@Nullable Kept run) {
        Instant to = run == null ? null : run.to();
        return run == null || to == null ? null : new RunResult.Base(run.id(), run.name(), run.from(), to);
    }

    private static List<String> warnings(Context context, Answer answer) {
        List<String> warnings = new ArrayList<>(context.file.warnings());
        TimeRange measured = answer.range();
        if (context.budgets == 0) {
            warnings.add(
                    context.kind.equals("load")
                            ? "The file has no budgets under tests.load"
                            : "The file has no budgets");
        }
        if (measured == null) {
            warnings.add(context.service + " reported nothing between " + context.range.from() + " and "
                    + context.range.to());
            return warnings;
        }
        if (measured.to().isBefore(context.range.to().minus(SLACK))) {
            warnings.add(context.service + " reported until " + measured.to() + " only");
        }
        if (measured.from().isAfter(context.range.from().plus(SLACK))) {
            warnings.add(context.service + " reported from " + measured.from() + " on only");
        }
        boolean judged = answer.items().stream().anyMatch(item -> item.status().status() != Verdict.NO_DATA);
        if (!judged) {
            warnings.add("No budget had data");
        }
        return warnings;
    }
}
