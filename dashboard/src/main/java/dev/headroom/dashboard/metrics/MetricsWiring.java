package dev.headroom.dashboard.metrics;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.budget.BudgetFigures;
import dev.headroom.dashboard.budget.BudgetReports;
import dev.headroom.dashboard.budget.LimitsBook;
import dev.headroom.dashboard.ingest.SeriesCap;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.StoreReport;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.util.TreeSet;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Adds what services report and how they are judged to {@code /actuator/prometheus}. */
@Configuration(proxyBeanMethods = false)
class MetricsWiring {
    /** As the semantic conventions advise. */
    private static final double[] HTTP = {0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10};

    private static final double[] DATABASE = {0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10};

    private static final double[] AMOUNTS = {0, 1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000};

    private static final double[] BYTES = {100, 1e3, 1e4, 1e5, 1e6, 1e7};

    private static final long BILLION = 1_000_000_000;

    @Bean
    SmartInitializingSingleton receivedMetrics(
            PrometheusMeterRegistry registry,
            MetricStore store,
            BudgetReports reports,
            BudgetFigures figures,
            LimitsBook limits,
            StoreReport storeReport,
            SeriesCap series,
            InstantSource clock) {
        ReceivedTotals totals = new ReceivedTotals(metric -> bounds(metric, limits), clock);
        return () -> {
            store.onStored(totals::add);
            registry.getPrometheusRegistry().register(totals);
            registry.getPrometheusRegistry().register(new VerdictMetrics(reports, figures, store, clock));
            registry.getPrometheusRegistry().register(new StoreMetrics(storeReport, clock));
            registry.getPrometheusRegistry().register(new SeriesMetrics(series));
            registry.getPrometheusRegistry().register(new LedgerMetrics(figures, store));
        };
    }

    /** The advised bounds and the budgets' limits, so that the board's lines and Prometheus' buckets meet. */
    static double[] bounds(Metric metric, LimitsBook limits) {
        TreeSet<Double> bounds = new TreeSet<>();
        for (double bound : advised(metric)) {
            bounds.add(bound);
        }
        if (metric.kind() == Metric.Kind.AMOUNT) {
            // "Below 5" is "at most 4".
            limits.nanos(metric.metricName()).forEach(each -> bounds.add((double) (each / BILLION)));
            return bounds.stream().mapToDouble(Double::doubleValue).toArray();
        }
        // "Below 100 ms" is counted at 99,999,999 ns; its bound is 100 ms.
        limits.nanos(metric.metricName()).forEach(nanos -> {
            long micros = (nanos + 999) / 1000;
            bounds.add(micros / 1e6);
        });
        return bounds.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double[] advised(Metric metric) {
        if (metric.kind() == Metric.Kind.AMOUNT) {
            return metric.unit().equals("By") ? BYTES : AMOUNTS;
        }
        return metric.metricName().startsWith("http.") ? HTTP : DATABASE;
    }
}
