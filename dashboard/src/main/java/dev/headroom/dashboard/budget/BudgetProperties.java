package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.budget.file.BudgetFileReader;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Options of the budgets.
 *
 * @param file path of a budgets.yaml, or the name of an embedded pack
 */
@ConfigurationProperties("headroom.budgets")
record BudgetProperties(
        @DefaultValue(BudgetFileReader.RECOMMENDED) String file) {}
