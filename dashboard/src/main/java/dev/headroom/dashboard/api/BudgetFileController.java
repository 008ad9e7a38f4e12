package dev.headroom.dashboard.api;

import dev.headroom.dashboard.budget.BudgetBook;
import dev.headroom.dashboard.budget.file.BudgetFile;
import dev.headroom.dashboard.budget.file.BudgetSchema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The budget file in force, what is wrong with a newer one, and the schema for editors. Answers from memory. */
@RestController
class BudgetFileController {
    /**
     * The file in force.
     *
     * @param notes what its budgets can never do, such as paging by burn rate
     * @param refused the newer file that is not in force; null when there is none
     */
    record InForce(
            String name,
            Instant since,
            int budgets,
            List<String> warnings,
            List<String> notes,
            BudgetBook.@Nullable Refused refused) {}

    private final BudgetBook book;

    BudgetFileController(BudgetBook book) {
        this.book = book;
    }

    @GetMapping(path = "/api/v1/budgets/file", produces = MediaType.APPLICATION_JSON_VALUE)
    InForce file() {
        BudgetFile file = book.file();
        return new InForce(
                file.name(), book.since(), file.budgets().size(), book.warnings(), file.notes(), book.refused());
    }

    @GetMapping(path = "/api/v1/budgets.schema.json", produces = "application/schema+json")
    String schema() {
        return BudgetSchema.text();
    }
}
