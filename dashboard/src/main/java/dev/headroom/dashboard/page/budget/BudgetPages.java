package dev.headroom.dashboard.page.budget;

import dev.headroom.dashboard.budget.BudgetInquiry;
import dev.headroom.dashboard.budget.BudgetReports;
import dev.headroom.dashboard.budget.BudgetStatus;
import dev.headroom.dashboard.budget.file.Budget;
import dev.headroom.dashboard.budget.file.BudgetYaml;
import dev.headroom.dashboard.budget.file.Dimension;
import dev.headroom.dashboard.budget.file.Quantity;
import dev.headroom.dashboard.epoch.Epoch;
import dev.headroom.dashboard.epoch.EpochBook;
import dev.headroom.dashboard.history.ErrorBudget;
import dev.headroom.dashboard.history.ErrorBudgets;
import dev.headroom.dashboard.history.VerdictHistory;
import dev.headroom.dashboard.history.VerdictStrip;
import dev.headroom.dashboard.page.BudgetWords;
import dev.headroom.dashboard.page.DistributionChart;
import dev.headroom.dashboard.page.Figures;
import dev.headroom.dashboard.page.Frame;
import dev.headroom.dashboard.page.LineChart;
import dev.headroom.dashboard.page.VerdictBar;
import dev.headroom.dashboard.page.board.BudgetRow;
import dev.headroom.dashboard.store.BudgetSubject;
import dev.headroom.dashboard.store.Incident;
import dev.headroom.dashboard.store.IncidentStore;
import dev.headroom.dashboard.store.TimeRange;
import dev.headroom.dashboard.store.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Gathers what a budget's page shows. Thread-safe; blocks on the store. */
@Component
final class BudgetPages {
    private static final int SLICES = 60;
    private static final long[] STEPS_MILLIS = {5_000, 10_000, 60_000, 600_000};
    /** Windows of the last moments are still on their way. */
    private static final long UNDERWAY_MILLIS = 6_000;

    private static final int MOST_INCIDENTS = 20;
    private static final int MOST_SUBJECTS = 40;

    private final BudgetReports reports;
    private final BudgetInquiry inquiry;
    private final ErrorBudgets budgets;
    private final VerdictHistory history;
    private final IncidentStore incidents;
    private final EpochBook epochs;

    BudgetPages(
            BudgetReports reports,
            BudgetInquiry inquiry,
            ErrorBudgets budgets,
            VerdictHistory history,
            IncidentStore incidents,
            EpochBook epochs) {
        this.reports = reports;
        this.inquiry = inquiry;
        this.budgets = budgets;
        this.history = history;
        this.incidents = incidents;
        this.epochs = epochs;
    }

    BudgetPage page(String id, Frame frame) {
        String named = frame.subject();
        String service = named == null ? "" : named;
        List<BudgetStatus> all = reports.of(service).items().stream()
                .filter(item -> item.id().equals(id))
                .sorted(Comparator.comparing(BudgetStatus::status).reversed().thenComparing(BudgetStatus::subject))
                .toList();
        String subject = frame.parameters().containsKey("subject") || all.isEmpty()
                ? frame.parameter("subject")
                : all.get(0).subject();
        BudgetStatus status = all.stream()
                .filter(item -> item.subject().equals(subject))
                .findFirst()
                .orElse(null);
        BudgetSubject about = new BudgetSubject(service, id, subject);
        Budget budget = inquiry.budget(id);
        VerdictStrip strip = history.of(about);
        ErrorBudget left = budgets.of(about);
        List<Incident> past = service.isEmpty()
                ? List.of()
                : incidents.incidents(service, id, null, null, 200).stream()
                        .filter(incident -> incident.subject().equals(subject))
                        .limit(MOST_INCIDENTS)
                        .toList();
        long step = step(frame.range());
        TimeRange range = whole(frame, step);
        BudgetInquiry.Answer answer =
                service.isEmpty() ? null : inquiry.ask(id, service, subject, range, Duration.ofMillis(step));
        return new BudgetPage(
                id,
                budget != null ? budget.title() : status == null ? id : status.title(),
                service,
                subject,
                budget != null,
                status == null ? null : new BudgetRow(status, strip, left, frame.now()),
                others(frame, all, subject),
                budget == null ? List.of() : facts(budget, status),
                past.stream().filter(Incident::open).findFirst().orElse(null),
                VerdictBar.of(strip, VerdictStrip.Span.DAY, frame.now()),
                VerdictBar.of(strip, VerdictStrip.Span.MONTH, frame.now()),
                left == null ? null : SpentWords.of(left),
                answer == null || status == null ? null : distribution(answer.durations(), status, budget),
                answer == null ? null : share(frame, answer, epochs.of(service)),
                answer == null ? List.of() : CauseRows.of(frame, service, answer),
                past.stream()
                        .map(incident -> BudgetPage.Past.of(incident, frame.now()))
                        .toList(),
                budget == null ? "" : BudgetYaml.of(budget));
    }

    private static List<BudgetPage.Choice> others(Frame frame, List<BudgetStatus> all, String subject) {
        List<BudgetPage.Choice> others = new ArrayList<>();
        for (BudgetStatus item : all.subList(0, Math.min(MOST_SUBJECTS, all.size()))) {
            others.add(new BudgetPage.Choice(
                    item.subject().isEmpty() ? BudgetRow.WHOLE : item.subject(),
                    Figures.css(item.status()),
                    Figures.shape(item.status()),
                    item.status().label(),
                    frame.to("/budgets/" + item.id(), "service", item.service(), "subject", item.subject()),
                    item.subject().equals(subject)));
        }
        return others;
    }

    private static List<BudgetPage.Fact> facts(Budget budget, @Nullable BudgetStatus status) {
        List<BudgetPage.Fact> facts = new ArrayList<>();
        facts.add(new BudgetPage.Fact("Target", budget.written(budget.target())));
        if (budget.acceptable() != null) {
            facts.add(new BudgetPage.Fact("Acceptable", budget.accepted().toString()));
        }
        if (status != null) {
            String current = status.current();
            facts.add(new BudgetPage.Fact("Current", current == null ? Figures.NONE : current));
            facts.add(new BudgetPage.Fact("Judged", Figures.count(status.n())));
            facts.add(new BudgetPage.Fact("Beyond acceptable", Figures.count(status.bad())));
            String evidence = status.evidence();
            if (evidence != null) {
                facts.add(new BudgetPage.Fact("Evidence", evidence));
            }
        }
        facts.add(new BudgetPage.Fact("Window", BudgetWords.time(budget.knobs().window())));
        facts.add(new BudgetPage.Fact(
                "Alert after", BudgetWords.time(budget.knobs().hold())));
        facts.add(new BudgetPage.Fact(
                "Cleared after", BudgetWords.time(budget.knobs().keep())));
        facts.add(new BudgetPage.Fact("Severity", budget.knobs().severity().key()));
        String owner = budget.owner();
        if (owner != null) {
            facts.add(new BudgetPage.Fact("Owner", owner));
        }
        String why = budget.why();
        if (why != null) {
            facts.add(new BudgetPage.Fact("Why", why));
        }
        return facts;
    }

    private static @Nullable DistributionChart distribution(
            Value.@Nullable Distribution amounts, BudgetStatus status, @Nullable Budget budget) {
        if (amounts == null || amounts.histogram().count() == 0) {
            return null;
        }
        Set<Long> limits = new TreeSet<>(status.limitNanos());
        Quantity quantity = budget == null ? null : budget.measure().quantity();
        return switch (quantity == null ? Dimension.TIME : quantity.dimension()) {
            case SIZE -> DistributionChart.ofAmounts(amounts, limits, Figures::bytes);
            case NUMBER, AMOUNT -> DistributionChart.ofAmounts(amounts, limits, Figures::number);
            default -> DistributionChart.of(amounts, limits);
        };
    }

    private static @Nullable LineChart share(Frame frame, BudgetInquiry.Answer answer, List<Epoch> happened) {
        Double allowance = answer.allowance();
        if (allowance == null || answer.slices().isEmpty()) {
            return null;
        }
        List<Instant> starts = new ArrayList<>();
        List<Double> target = new ArrayList<>();
        List<Double> acceptable = new ArrayList<>();
        for (BudgetInquiry.Slice slice : answer.slices()) {
            starts.add(slice.from());
            target.add(slice.overTarget());
            acceptable.add(slice.overAcceptable());
        }
        starts.add(answer.slices().get(answer.slices().size() - 1).to());
        List<LineChart.Series> lines = new ArrayList<>();
        Double atTarget = answer.targetAllowance();
        if (atTarget != null && !atTarget.equals(allowance)) {
            // The same events are bad at both limits; what differs is how many may be.
            lines.add(new LineChart.Series("bad", target));
            lines.add(new LineChart.Series("acceptable", Collections.nCopies(target.size(), allowance)));
            lines.add(new LineChart.Series("target", Collections.nCopies(target.size(), atTarget)));
        } else {
            lines.add(new LineChart.Series("beyond target", target));
            if (answer.budget().acceptable() != null) {
                lines.add(new LineChart.Series("beyond acceptable", acceptable));
            }
            lines.add(new LineChart.Series("allowed", Collections.nCopies(target.size(), allowance)));
        }
        return LineChart.of(frame, "Share of bad events", starts, lines, Figures::percent)
                .marking(happened, starts.get(0), starts.get(starts.size() - 1));
    }

    /** A step that the store's cells divide. */
    private static long step(TimeRange range) {
        long wanted = range.length().toMillis() / SLICES;
        for (long step : STEPS_MILLIS) {
            if (step >= wanted) {
                return step;
            }
        }
        long last = STEPS_MILLIS[STEPS_MILLIS.length - 1];
        return (wanted + last - 1) / last * last;
    }

    private static TimeRange whole(Frame frame, long step) {
        long complete = (frame.now().toEpochMilli() - UNDERWAY_MILLIS) / step * step;
        long to = Math.min(complete, (frame.range().to().toEpochMilli() + step - 1) / step * step);
        long from = Math.min(to - step, frame.range().from().toEpochMilli() / step * step);
        return new TimeRange(Instant.ofEpochMilli(from), Instant.ofEpochMilli(to));
    }

    static String percent(double value) {
        return String.format(Locale.ROOT, "%.1f%%", Math.max(0, Math.min(100, value)));
    }
}
