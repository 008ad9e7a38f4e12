package dev.headroom.dashboard.metrics;

import dev.headroom.dashboard.budget.BudgetFigures;
import dev.headroom.dashboard.budget.BudgetFigures.Figure;
import dev.headroom.dashboard.budget.BudgetReports;
import dev.headroom.dashboard.budget.Verdict;
import dev.headroom.dashboard.store.Instance;
import dev.headroom.dashboard.store.MetricStore;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The verdicts, for one static set of alert rules that serves every budget; and how long ago each JVM reported. Thread-safe. */
final class VerdictMetrics implements MultiCollector {
    private final BudgetReports reports;
    private final BudgetFigures figures;
    private final MetricStore store;
    private final InstantSource clock;

    VerdictMetrics(BudgetReports reports, BudgetFigures figures, MetricStore store, InstantSource clock) {
        this.reports = reports;
        this.figures = figures;
        this.store = store;
        this.clock = clock;
    }

    @Override
    public MetricSnapshots collect() {
        List<GaugeDataPointSnapshot> status = new ArrayList<>();
        List<GaugeDataPointSnapshot> value = new ArrayList<>();
        List<GaugeDataPointSnapshot> limit = new ArrayList<>();
        List<GaugeDataPointSnapshot> allowance = new ArrayList<>();
        List<CounterDataPointSnapshot> events = new ArrayList<>();
        Set<String> allowed = new HashSet<>();
        Set<String> limited = new HashSet<>();
        for (Figure figure : figures.figures()) {
            Labels about = Labels.of(
                    "service", figure.service(), "budget", figure.budget(), "subject", subject(figure.subject()));
            for (Verdict each : Verdict.values()) {
                status.add(gauge(each == exported(figure) ? 1 : 0, status(about, figure, each)));
            }
            if (!Double.isNaN(figure.value())) {
                value.add(gauge(figure.value(), about));
            }
            Labels budget = Labels.of("service", figure.service(), "budget", figure.budget());
            if (limited.add(figure.service() + ' ' + figure.budget())) {
                limit.add(gauge(figure.target(), budget.add("level", "target")));
                limit.add(gauge(figure.acceptable(), budget.add("level", "acceptable")));
            }
            Double share = figure.burningAllowance();
            if (share != null && allowed.add(figure.service() + ' ' + figure.budget())) {
                allowance.add(gauge(share, budget));
            }
        }
        for (BudgetFigures.Events each : figures.events()) {
            Labels about =
                    Labels.of("service", each.service(), "budget", each.budget(), "subject", subject(each.subject()));
            events.add(counter(each.all(), about.add("level", "all")));
            events.add(counter(each.overTarget(), about.add("level", "over_target")));
            events.add(counter(each.overAcceptable(), about.add("level", "over_acceptable")));
        }
        return MetricSnapshots.of(
                new GaugeSnapshot(
                        MetricName.about(MetricName.BUDGET_STATUS, "The guarded verdict: 1 on the one that holds"),
                        status),
                new GaugeSnapshot(MetricName.about(MetricName.BUDGET_VALUE, "What the budget measures now"), value),
                new GaugeSnapshot(MetricName.about(MetricName.BUDGET_LIMIT, "What the value is held to"), limit),
                new GaugeSnapshot(
                        MetricName.about(
                                MetricName.BUDGET_ALLOWANCE, "Share of events that may be bad, where that can burn"),
                        allowance),
                new CounterSnapshot(
                        MetricName.about(MetricName.BUDGET_EVENTS, "Events judged, and those beyond the limits"),
                        events),
                new GaugeSnapshot(MetricName.about(MetricName.REPORT_AGE, "Time since the JVM reported"), ages()),
                new GaugeSnapshot(
                        MetricName.about(MetricName.JUDGED_AGE, "Time since the service's budgets were judged"),
                        judged()));
    }

    /** A FAIL that somebody has waived is a warning to those who are called at night. */
    private static Verdict exported(Figure figure) {
        return figure.waived() ? Verdict.WARN : figure.verdict();
    }

    private static Labels status(Labels about, Figure figure, Verdict verdict) {
        Labels labels = about.add("severity", figure.severity())
                .add("status", verdict.name().toLowerCase(Locale.ROOT));
        return figure.waived() ? labels.add("waived", "true") : labels;
    }

    private static String subject(String subject) {
        return subject.isEmpty() ? "all" : subject;
    }

    private List<GaugeDataPointSnapshot> judged() {
        Instant now = clock.instant();
        // One that has left the store is not judged any more, and that is no fault.
        Set<String> known = Set.copyOf(store.services());
        return reports.all().stream()
                .filter(report -> known.contains(report.service()))
                .map(report -> gauge(
                        Math.max(0, Duration.between(report.at(), now).toMillis() / 1000.0),
                        Labels.of("service", report.service())))
                .toList();
    }

    private List<GaugeDataPointSnapshot> ages() {
        Instant now = clock.instant();
        List<GaugeDataPointSnapshot> ages = new ArrayList<>();
        for (String service : figures.services()) {
            for (Instance instance : store.instances(service)) {
                Duration age = Duration.between(instance.lastReport(), now);
                // A JVM that has been gone for an hour was stopped, not lost.
                if (age.compareTo(Duration.ofHours(1)) < 0) {
                    ages.add(gauge(
                            Math.max(0, age.toMillis() / 1000.0),
                            Labels.of("service", service, "instance", instance.instance())));
                }
            }
        }
        return ages;
    }

    private static GaugeDataPointSnapshot gauge(double value, Labels labels) {
        return new GaugeDataPointSnapshot(value, labels, null);
    }

    private static CounterDataPointSnapshot counter(long value, Labels labels) {
        return new CounterDataPointSnapshot(value, labels, null, 0);
    }
}
