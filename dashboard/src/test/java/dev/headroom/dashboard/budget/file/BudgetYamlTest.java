package dev.headroom.dashboard.budget.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class BudgetYamlTest {
    private static final BudgetFileReader READER = new BudgetFileReader(LocalDate.of(2026, 11, 21));

    @Test
    void whatIsCopiedFromEveryEmbeddedBudgetMeansTheSame() {
        List<Budget> budgets = READER.parse(
                        "packs",
                        "version: 1\nextends: [headroom:recommended, headroom:crud, headroom:cache, headroom:jvm]\n")
                .budgets();
        assertThat(budgets).hasSizeGreaterThan(30);
        for (Budget budget : budgets) {
            String copied = BudgetYaml.of(budget);
            Budget again = READER
                    .parse("copy", "version: 1\nextends: [headroom:none]\nbudgets:\n" + copied.indent(2))
                    .budgets()
                    .stream()
                    .filter(each -> each.id().equals(budget.id()))
                    .findFirst()
                    .orElseThrow();
            assertThat(BudgetYaml.of(again)).isEqualTo(copied);
            assertThat(again.knobs()).isEqualTo(budget.knobs());
            assertThat(again.measure().toString()).isEqualTo(budget.measure().toString());
        }
    }
}
