package dev.headroom.dashboard.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.budget.file.BudgetFile;
import dev.headroom.dashboard.budget.file.BudgetFileReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class RuleFileTest {
    private static final BudgetFileReader READER = new BudgetFileReader(LocalDate.of(2026, 11, 21));

    @Test
    void theShippedFileIsWhatTheCommandPrints() throws IOException {
        assertThat(new RuleFile("").yaml())
                .as("print it again: java -jar headroom-dashboard.jar rules > grafana/prometheus/headroom-rules.yml")
                .isEqualTo(Files.readString(Path.of("..", "grafana", "prometheus", "headroom-rules.yml")));
    }

    @Test
    void aBaseStandsBeforeEveryLink() {
        assertThat(new RuleFile("https://headroom.example.org/")
                        .yaml()
                        .lines()
                        .filter(line -> line.contains(" link: ")))
                .hasSize(9)
                .allSatisfy(line -> assertThat(line).contains("link: 'https://headroom.example.org/"));
    }

    @Test
    void theFactorsAreTheWorkbooks() {
        assertThat(List.of(BurnTier.PAGE.get(0), BurnTier.PAGE.get(1), BurnTier.TICKET.get(0), BurnTier.TICKET.get(1)))
                .extracting(tier -> tier.factor(Duration.ofDays(30)).toPlainString())
                .containsExactly("14.4", "6", "3", "1");
        assertThat(BurnTier.PAGE.get(0).factor(Duration.ofDays(7)).toPlainString())
                .isEqualTo("3.36");
    }

    @Test
    void aTierThatCannotFireIsNoRule() {
        assertThat(BurnTier.PAGE.get(0).canFire(Duration.ofDays(30), new BigDecimal("0.05")))
                .isTrue();
        assertThat(BurnTier.PAGE.get(0).canFire(Duration.ofDays(30), new BigDecimal("0.07")))
                .isFalse();
        BudgetFile file = READER.parse("budgets.yaml", """
                version: 1
                budgets:
                  - { id: half, signal: http, measure: p50(duration), target: "< 50ms", severity: page, for: 2m, keep: 10m }
                  - { id: misses, signal: cache, measure: share(result = hit), target: ">= 80%", severity: page }
                  - { id: rare, signal: http, measure: share(status = 5xx), target: "< 0.1%" }
                  - { id: never, signal: http, measure: share(status = 5xx), target: "= 0%" }
                  - { id: calm, signal: http, measure: p95(duration), target: "< 1s", burn: none }
                  - { id: silent, signal: http, measure: p95(duration), target: "< 1s", severity: none }
                """);
        String yaml = new ExpandedRules("").yaml(file);
        assertThat(burns(yaml, "half")).containsExactly("0.5");
        assertThat(burns(yaml, "misses")).containsExactly("0.6", "0.2");
        assertThat(burns(yaml, "rare")).containsExactly("0.0144", "0.006", "0.003", "0.001");
        assertThat(burns(yaml, "never")).isEmpty();
        assertThat(burns(yaml, "calm")).isEmpty();
        assertThat(yaml)
                .contains("for: 120s\n        keep_firing_for: 600s")
                .contains("headroom-budget-never")
                .doesNotContain("silent");
    }

    /** Bounds of the budget's burn alerts, each once. */
    private static List<String> burns(String yaml, String budget) {
        Map<String, List<Map<String, Object>>> file = new Yaml().load(yaml);
        return file.get("groups").stream()
                .filter(group -> group.get("name").equals("headroom-budget-" + budget))
                .flatMap(group -> ((List<?>) group.get("rules")).stream())
                .map(rule -> (Map<?, ?>) rule)
                .filter(rule -> "HeadroomBudgetBurn".equals(rule.get("alert")))
                .flatMap(rule -> rule.get("expr").toString().lines())
                .filter(line -> line.contains(" > "))
                .map(line -> line.replaceAll(".* > ([0-9.]+).*", "$1"))
                .distinct()
                .toList();
    }
}
