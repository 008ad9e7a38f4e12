package dev.headroom.dashboard.alert;

import static dev.headroom.dashboard.metrics.MetricName.BUDGET_ALLOWANCE;
import static dev.headroom.dashboard.metrics.MetricName.BUDGET_STATUS;
import static dev.headroom.dashboard.metrics.MetricName.FOLDED_POINTS;
import static dev.headroom.dashboard.metrics.MetricName.JUDGED_AGE;
import static dev.headroom.dashboard.metrics.MetricName.NOTIFY_OLDEST;
import static dev.headroom.dashboard.metrics.MetricName.REPORT_AGE;
import static dev.headroom.dashboard.metrics.MetricName.SERIES;
import static dev.headroom.dashboard.metrics.MetricName.SERIES_LIMIT;
import static dev.headroom.dashboard.metrics.MetricName.STORE_ACCEPTING;
import static dev.headroom.dashboard.metrics.MetricName.WINDOWS_MISSING;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.metrics.MetricName;
import java.util.ArrayList;
import java.util.List;

/** The one rule file that serves every budget: limits, allowances and severities arrive as metrics. Immutable. */
public final class RuleFile {
    private static final String PREFIX = "service_budget_subject";
    private static final String TICKET = "severity: ticket";
    private static final String PAGE = "severity: page";
    private static final String HEADER = """
            # One static rule file for every budget: allowance and severity arrive as metrics, so nothing changes here when budgets.yaml does.
            # Printed by: java -jar headroom-dashboard.jar rules
            # A budget burns only where %s is exposed: severity and burn are not none, and the allowance is above 0.
            # A factor x allowance of 1 or more cannot be exceeded, so p50 and hit-rate budgets never burn; they alert as failing.
            """.formatted(BUDGET_ALLOWANCE);

    private final RuleText text;

    /** @param linkBase address of the dashboard before the paths of links; empty leaves paths */
    public RuleFile(String linkBase) {
        this.text = new RuleText(linkBase);
    }

    /** As YAML. */
    public String yaml() {
        return HEADER + "groups:\n" + RuleText.group("headroom-budget-ratios", ratios())
                + RuleText.group("headroom-budget-alerts", budgets()) + RuleText.group("headroom-alerts", own());
    }

    private static List<String> ratios() {
        List<String> rules = new ArrayList<>();
        for (String window : BurnTier.WINDOWS) {
            rules.add(RuleText.record(
                    RuleText.ratio(PREFIX, window), RuleText.badRatio(RuleText.SUBJECTS, "", window), ""));
        }
        for (String window : List.of("1h", "6h")) {
            rules.add(RuleText.record(
                    RuleText.increase(PREFIX, window), RuleText.badIncrease(RuleText.SUBJECTS, "", window), ""));
        }
        return rules;
    }

    private List<String> budgets() {
        return List.of(
                RuleText.alert(
                        "HeadroomBudgetFailing",
                        "max by (%s, severity) (%s{status=\"fail\", severity!=\"none\"}) == 1"
                                .formatted(RuleText.SUBJECTS, BUDGET_STATUS),
                        "1m",
                        "5m",
                        "",
                        "{{ $labels.service }}: budget {{ $labels.budget }} fails for {{ $labels.subject }}",
                        text.budgetLink("{{ $labels.budget }}", "")),
                RuleText.alert(
                        "HeadroomBudgetBurn",
                        burn(BurnTier.PAGE, RuleText.increase(PREFIX, "1h") + " >= 10"),
                        "",
                        "",
                        PAGE,
                        "{{ $labels.service }}: {{ $labels.budget }} burns its error budget too fast"
                                + " ({{ $value | humanizePercentage }} bad)",
                        text.budgetLink("{{ $labels.budget }}", "&tab=burn")),
                RuleText.alert(
                        "HeadroomBudgetBurn",
                        burn(BurnTier.TICKET, RuleText.increase(PREFIX, "6h") + " >= 3"),
                        "",
                        "",
                        TICKET,
                        "{{ $labels.service }}: {{ $labels.budget }} will exhaust its error budget"
                                + " ({{ $value | humanizePercentage }} bad)",
                        text.budgetLink("{{ $labels.budget }}", "&tab=burn")));
    }

    private static String burn(List<BurnTier> tiers, String floor) {
        List<String> either = new ArrayList<>();
        for (BurnTier tier : tiers) {
            either.add("  (" + beyond(tier.shortWindow(), tier) + "\n    and " + beyond(tier.longWindow(), tier) + ")");
        }
        return "(\n" + String.join("\n  or\n", either) + "\n)\nand " + floor + "\n";
    }

    private static String beyond(String window, BurnTier tier) {
        return "%s > on (service, budget) group_left () (%s * %s)"
                .formatted(
                        RuleText.ratio(PREFIX, window),
                        tier.factor(BurnTier.STATIC_PERIOD).toPlainString(),
                        BUDGET_ALLOWANCE);
    }

    /** Headroom itself: what makes verdicts impossible or incomplete. */
    private List<String> own() {
        return List.of(
                RuleText.alert(
                        "HeadroomAgentSilent",
                        REPORT_AGE + " > 60",
                        "2m",
                        "",
                        TICKET,
                        "{{ $labels.service }} {{ $labels.instance }}: no report for {{ $value | humanizeDuration }};"
                                + " its budgets read NO DATA",
                        text.instancesLink("")),
                RuleText.alert(
                        "HeadroomDataIncomplete",
                        """
                        sum by (service) (increase(%s[15m])) > 0
                        or sum by (service) (increase(%s[15m])) > 0
                        """.formatted(WINDOWS_MISSING, MetricName.counted(Metric.AGENT_DROPPED)),
                        "",
                        "15m",
                        TICKET,
                        "{{ $labels.service }}: {{ $value | humanize }} windows of the last 15 minutes never came;"
                                + " its counts are too low",
                        text.instancesLink("")),
                RuleText.alert(
                        "HeadroomSeriesNearLimit",
                        "%s / %s > 0.8 or increase(%s[15m]) > 0".formatted(SERIES, SERIES_LIMIT, FOLDED_POINTS),
                        "5m",
                        "",
                        TICKET,
                        "{{ $labels.service }}: its series are (nearly) all used; new ones are added up without detail."
                                + " The page Instances names the attribute",
                        text.instancesLink("#series")),
                RuleText.alert(
                        "HeadroomNotificationsStuck",
                        NOTIFY_OLDEST + " > 600",
                        "1m",
                        "",
                        TICKET,
                        "{{ $labels.recipient }} has not been reached for {{ $value | humanizeDuration }}",
                        text.linkBase() + "/notifications"),
                RuleText.alert(
                        "HeadroomStoreRefuses",
                        STORE_ACCEPTING + " == 0",
                        "1m",
                        "",
                        PAGE,
                        "The Headroom dashboard stores nothing: its disk is full or failing. Agents keep what they have",
                        text.linkBase() + "/store"),
                RuleText.alert(
                        "HeadroomVerdictsStale",
                        "max(%s) > 180".formatted(JUDGED_AGE),
                        "1m",
                        "",
                        PAGE,
                        "The Headroom dashboard has not judged for {{ $value | humanizeDuration }}; its verdicts are old",
                        text.linkBase() + "/"),
                RuleText.alert(
                        "HeadroomDashboardDown",
                        "up{job=\"headroom\"} == 0 or absent(up{job=\"headroom\"})",
                        "2m",
                        "",
                        PAGE,
                        "The Headroom dashboard is not scraped",
                        ""));
    }
}
