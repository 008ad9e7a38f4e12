package dev.headroom.dashboard.budget.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every figure of the guides that can be judged is judged by the embedded packs, with the limits that were derived from it. */
class SeedFiguresTest {
    private final BudgetFileReader reader = new BudgetFileReader(LocalDate.of(2026, 11, 21));
    private final BudgetFile pack = reader.read("headroom:recommended");

    static String resource(String name) throws IOException {
        try (InputStream in = SeedFiguresTest.class.getResourceAsStream("/budgets/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void everyRowOfTheTableIsInAPack() throws IOException {
        Set<String> known = new HashSet<>();
        List.of(pack.budgets(), pack.testBudgets(), pack.loadBudgets())
                .forEach(budgets -> budgets.forEach(budget -> known.add(budget.id())));
        pack.capture().keySet().forEach(kind -> known.add("capture." + kind));
        List<String> rows = resource("seed-figures.txt")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
        assertThat(rows).hasSizeGreaterThan(50);
        for (String row : rows) {
            List<String> ids = List.of(row.substring(row.indexOf(':') + 2).split(" ", -1));
            assertThat(known).as("row %s", row).containsAll(ids);
        }
    }

    @Test
    void thePackSaysWhatTheWorkedExampleSays() throws IOException {
        BudgetFile guides = reader.parse("guides.yaml", resource("guides.yaml"));
        same(guides.budgets(), pack.budgets());
        same(guides.testBudgets(), pack.testBudgets());
        same(guides.loadBudgets(), pack.loadBudgets());
        assertThat(pack.capture()).isEqualTo(guides.capture());
    }

    private static void same(List<Budget> expected, List<Budget> found) {
        assertThat(found)
                .extracting(SeedFiguresTest::said)
                .containsExactlyInAnyOrderElementsOf(
                        expected.stream().map(SeedFiguresTest::said).toList());
    }

    private static String said(Budget budget) {
        return budget.id() + " " + budget.signal() + " " + budget.where() + " " + budget.per() + " "
                + budget.written(budget.target()) + " / " + budget.accepted() + " " + budget.knobs() + " "
                + budget.compare() + " " + budget.scope();
    }
}
