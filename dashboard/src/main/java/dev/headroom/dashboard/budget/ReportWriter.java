package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.budget.file.Budget;
import dev.headroom.dashboard.budget.file.Dimension;
import dev.headroom.dashboard.budget.file.Knobs;
import dev.headroom.dashboard.budget.file.Waiver;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns findings into what is shown: applies precedence and waivers, and adds up the overall verdict. Immutable. */
final class ReportWriter {
    private final Precedence precedence;
    private final List<Waiver> waivers;

    ReportWriter(Precedence precedence, List<Waiver> waivers) {
        this.precedence = precedence;
        this.waivers = waivers;
    }

    /** The same verdicts for people and as numbers. */
    record Written(BudgetReport report, List<BudgetFigures.Figure> figures) {}

    Written write(String service, Instant at, List<ServiceEvaluation.Result> results) {
        Verdict overall = Verdict.NO_DATA;
        boolean missing = false;
        List<BudgetStatus> items = new ArrayList<>();
        List<BudgetFigures.Figure> figures = new ArrayList<>();
        LocalDate today = LocalDate.ofInstant(at, ZoneOffset.UTC);
        for (ServiceEvaluation.Result result : results) {
            Budget budget = result.check().budget();
            boolean beaten = precedence.beaten(result.check(), result.subject());
            Waiver waiver = result.finding().verdict() == Verdict.FAIL ? waiver(budget, result.subject(), today) : null;
            items.add(status(service, result, beaten, waiver));
            if (beaten) {
                continue;
            }
            figures.add(figure(service, result, waiver != null));
            Verdict counted = counted(budget, result.finding().verdict(), waiver != null);
            missing |= counted == Verdict.NO_DATA && budget.knobs().noData() != Knobs.NoData.IGNORE;
            overall = counted.compareTo(overall) > 0 ? counted : overall;
        }
        boolean unknown = missing && overall == Verdict.PASS;
        return new Written(
                new BudgetReport(service, unknown ? Verdict.NO_DATA : overall, at, List.copyOf(items)),
                List.copyOf(figures));
    }

    private static BudgetFigures.Figure figure(String service, ServiceEvaluation.Result result, boolean waived) {
        Budget budget = result.check().budget();
        return new BudgetFigures.Figure(
                service,
                budget.id(),
                result.subject(),
                budget.knobs().severity().key(),
                result.finding().verdict(),
                waived,
                result.finding().value(),
                budget.target().amount().base().doubleValue(),
                budget.accepted().amount().base().doubleValue(),
                burning(budget),
                result.finding().judgement().probability(),
                budget.knobs().hold(),
                budget.knobs().keep());
    }

    private static @Nullable Double burning(Budget budget) {
        BigDecimal allowance = budget.allowance(budget.accepted());
        boolean burns = allowance != null
                && allowance.signum() > 0
                && budget.knobs().burnPeriod() != null
                && budget.knobs().severity() != Knobs.Severity.NONE;
        return burns && allowance != null ? allowance.doubleValue() : null;
    }

    /** What it weighs in the overall verdict. */
    private static Verdict counted(Budget budget, Verdict verdict, boolean waived) {
        boolean mild = waived || budget.knobs().severity() == Knobs.Severity.NONE;
        return verdict == Verdict.FAIL && mild ? Verdict.WARN : verdict;
    }

    private @Nullable Waiver waiver(Budget budget, String subject, LocalDate today) {
        for (Waiver waiver : waivers) {
            boolean about = waiver.subject() == null || waiver.subject().equals(subject);
            if (about && waiver.budget().equals(budget.id()) && !waiver.until().isBefore(today)) {
                return waiver;
            }
        }
        return null;
    }

    private static BudgetStatus status(
            String service, ServiceEvaluation.Result result, boolean beaten, @Nullable Waiver waiver) {
        Budget budget = result.check().budget();
        Finding finding = result.finding();
        return new BudgetStatus(
                budget.id(),
                budget.title(),
                service,
                result.subject(),
                budget.signal().key(),
                budget.written(budget.target()),
                budget.acceptable() == null ? null : budget.written(budget.acceptable()),
                current(budget, finding),
                finding.verdict(),
                reason(finding, beaten, waiver),
                finding.n(),
                finding.bad(),
                crowded(result) + finding.sentence(),
                finding.headroom(),
                budget.knobs().severity().key(),
                finding.judgement().evidence(),
                result.check().detail(),
                List.copyOf(result.check().durationLimits()));
    }

    /** Says that a row stands for many. */
    private static String crowded(ServiceEvaluation.Result result) {
        return result.crowded()
                ? "this budget has more than " + Tally.MAX_SUBJECTS + " subjects, the others are added up here: "
                : "";
    }

    private static @Nullable String current(Budget budget, Finding finding) {
        if (Double.isNaN(finding.value())) {
            return null;
        }
        if (budget.compare() != null) {
            return Values.change(finding.value());
        }
        Dimension dimension = budget.target().dimension();
        return (finding.approximate() ? "≈ " : "") + Wording.value(finding.value(), dimension);
    }

    private static @Nullable String reason(Finding finding, boolean beaten, @Nullable Waiver waiver) {
        if (beaten) {
            return Reason.SUPERSEDED.key();
        }
        if (waiver != null) {
            return Reason.WAIVED.key() + " until " + waiver.until();
        }
        Reason reason = finding.judgement().reason();
        return reason == null ? null : reason.key();
    }
}
