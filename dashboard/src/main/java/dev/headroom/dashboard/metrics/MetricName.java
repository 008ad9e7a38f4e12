package dev.headroom.dashboard.metrics;

import dev.headroom.catalog.Metric;
import io.prometheus.metrics.model.snapshots.MetricMetadata;

/**
 * Names under {@code /actuator/prometheus} that alert rules use. What exposes them and what prints the rules read them here, so that
 * neither can be renamed alone. Stateless.
 */
public final class MetricName {
    /** Labels service, budget, subject, severity, status; 1 on the status that holds. */
    public static final String BUDGET_STATUS = "headroom_budget_status";

    /** Labels service, budget, subject. */
    public static final String BUDGET_VALUE = "headroom_budget_value";

    /** Labels service, budget, level. */
    public static final String BUDGET_LIMIT = "headroom_budget_limit";

    /** Labels service, budget; only where spending it means anything. */
    public static final String BUDGET_ALLOWANCE = "headroom_budget_allowance_ratio";

    /** Labels service, budget, subject, level = all, over_target, over_acceptable. */
    public static final String BUDGET_EVENTS = "headroom_budget_events_total";

    /** Label service; of services that the store still has. */
    public static final String JUDGED_AGE = "headroom_budget_judged_age_seconds";

    /** Labels service, instance. */
    public static final String REPORT_AGE = "headroom_agent_last_report_age_seconds";

    /** Label service. */
    public static final String SERIES = "headroom_ingest_series";

    /** Label service. */
    public static final String SERIES_LIMIT = "headroom_ingest_series_limit";

    /** Label service. */
    public static final String FOLDED_POINTS = "headroom_ingest_folded_points_total";

    /** Label service. */
    public static final String WINDOWS_MISSING = "headroom_windows_missing_total";

    /** Label service. */
    public static final String WINDOWS_DUPLICATE = "headroom_windows_duplicate_total";

    /** Label service. */
    public static final String WINDOWS_LATE = "headroom_windows_late_total";

    public static final String STORE_ACCEPTING = "headroom_store_accepting";

    /** Label recipient. */
    public static final String NOTIFY_OLDEST = "headroom_notify_oldest_seconds";

    private static final String TOTAL = "_total";

    private MetricName() {}

    /** Of a counter that services report. */
    public static String counted(Metric metric) {
        return PrometheusName.of(metric) + TOTAL;
    }

    /** The exposition adds a counter's suffix itself. */
    static MetricMetadata about(String name, String help) {
        return new MetricMetadata(
                name.endsWith(TOTAL) ? name.substring(0, name.length() - TOTAL.length()) : name, help);
    }
}
