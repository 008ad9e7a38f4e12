package dev.headroom.dashboard.alert;

import static dev.headroom.dashboard.metrics.MetricName.BUDGET_STATUS;

import dev.headroom.dashboard.budget.file.Budget;
import dev.headroom.dashboard.budget.file.BudgetFile;
import dev.headroom.dashboard.budget.file.Knobs;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A group of rules for each budget of a file, with its own {@code for}, {@code keep}, allowance and period: for those who keep rules
 * where the static file cannot join series, or who want one alert per budget. Immutable.
 */
public final class ExpandedRules {
    private static final String LABELS = "service, subject";
    private static final String PREFIX = "service_subject";

    private final RuleText text;

    /** @param linkBase address of the dashboard before the paths of links; empty leaves paths */
    public ExpandedRules(String linkBase) {
        this.text = new RuleText(linkBase);
    }

    /** As YAML; budgets of severity none have no rules. */
    public String yaml(BudgetFile file) {
        StringBuilder yaml = new StringBuilder("# Expanded from " + file.name()
                + "; print again when it changes: java -jar headroom-dashboard.jar rules --per-budget <file>\n"
                + "# Rules about Headroom itself are in the static file: java -jar headroom-dashboard.jar rules\n");
        List<String> groups = file.budgets().stream()
                .filter(budget -> budget.knobs().severity() != Knobs.Severity.NONE)
                .map(this::group)
                .toList();
        return yaml.append(groups.isEmpty() ? "groups: []\n" : "groups:\n")
                .append(String.join("", groups))
                .toString();
    }

    private String group(Budget budget) {
        List<String> rules = new ArrayList<>();
        String severity = budget.knobs().severity().key();
        Knobs knobs = budget.knobs();
        rules.add(RuleText.alert(
                "HeadroomBudgetFailing",
                "max by (%s) (%s{budget=\"%s\", status=\"fail\", severity!=\"none\"}) == 1"
                        .formatted(LABELS, BUDGET_STATUS, budget.id()),
                duration(knobs.hold()),
                duration(knobs.keep()),
                "severity: " + severity + ", budget: \"" + budget.id() + "\"",
                "{{ $labels.service }}: " + budget.id() + " fails for {{ $labels.subject }}",
                text.budgetLink(budget.id(), "")));
        Duration period = knobs.burnPeriod();
        BigDecimal allowance = allowance(budget);
        if (period != null && allowance != null && allowance.signum() > 0) {
            burn(rules, budget, period, allowance);
        }
        return RuleText.group("headroom-budget-" + budget.id(), rules);
    }

    /** Null where nothing can burn: counts, ratios, comparisons. */
    private static @Nullable BigDecimal allowance(Budget budget) {
        return budget.isReading() && budget.compare() == null
                ? budget.knobs().allowance()
                : budget.allowance(budget.accepted());
    }

    private void burn(List<String> rules, Budget budget, Duration period, BigDecimal allowance) {
        List<String> windows = new ArrayList<>();
        List<String> alerts = new ArrayList<>();
        tiers(BurnTier.PAGE, "1h", 10, budget, period, allowance, windows, alerts);
        tiers(BurnTier.TICKET, "6h", 3, budget, period, allowance, windows, alerts);
        String selector = "budget=\"" + budget.id() + "\", ";
        String label = "budget: \"" + budget.id() + "\"";
        for (String window : BurnTier.WINDOWS) {
            if (windows.contains(window)) {
                rules.add(RuleText.record(
                        RuleText.ratio(PREFIX, window), RuleText.badRatio(LABELS, selector, window), label));
            }
        }
        for (String window : List.of("1h", "6h")) {
            if (windows.contains("increase" + window)) {
                rules.add(RuleText.record(
                        RuleText.increase(PREFIX, window), RuleText.badIncrease(LABELS, selector, window), label));
            }
        }
        rules.addAll(alerts);
    }

    private void tiers(
            List<BurnTier> tiers,
            String floorWindow,
            int floor,
            Budget budget,
            Duration period,
            BigDecimal allowance,
            List<String> windows,
            List<String> alerts) {
        List<String> either = new ArrayList<>();
        for (BurnTier tier : tiers) {
            if (tier.canFire(period, allowance)) {
                String bound = tier.factor(period)
                        .multiply(allowance)
                        .stripTrailingZeros()
                        .toPlainString();
                either.add("  (" + series(RuleText.ratio(PREFIX, tier.shortWindow()), budget) + " > " + bound
                        + "\n    and " + series(RuleText.ratio(PREFIX, tier.longWindow()), budget) + " > " + bound
                        + ")");
                windows.add(tier.shortWindow());
                windows.add(tier.longWindow());
            }
        }
        if (either.isEmpty()) {
            return;
        }
        windows.add("increase" + floorWindow);
        alerts.add(RuleText.alert(
                "HeadroomBudgetBurn",
                "(\n" + String.join("\n  or\n", either) + "\n)\nand "
                        + series(RuleText.increase(PREFIX, floorWindow), budget) + " >= " + floor + "\n",
                "",
                "",
                "severity: " + tiers.get(0).severity() + ", budget: \"" + budget.id() + "\"",
                "{{ $labels.service }}: " + budget.id()
                        + " burns its error budget too fast ({{ $value | humanizePercentage }} bad)",
                text.budgetLink(budget.id(), "&tab=burn")));
    }

    private static String series(String name, Budget budget) {
        return name + "{budget=\"" + budget.id() + "\"}";
    }

    private static String duration(Duration duration) {
        return duration.toSeconds() + "s";
    }
}
