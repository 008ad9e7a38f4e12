package dev.headroom.dashboard.page.config;

import dev.headroom.dashboard.budget.BackTests;
import dev.headroom.dashboard.budget.BudgetBook;
import dev.headroom.dashboard.budget.LimitSuggestions;
import dev.headroom.dashboard.budget.file.Budget;
import dev.headroom.dashboard.budget.file.BudgetFileException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The budget file for people.
 *
 * @param since when the file in force came into force
 * @param refused what is wrong with a newer one; null when there is none
 * @param text shown for editing: the file's own, or what was edited
 * @param lines of the text
 * @param ids of the budgets in force
 * @param checked what an edited text holds; null when none was checked
 * @param test a back-test; null when none was asked for
 * @param suggestions null when they were not asked for
 */
public record BudgetConfigPage(
        String name,
        String since,
        int budgets,
        BudgetBook.@Nullable Refused refused,
        List<String> warnings,
        List<String> notes,
        String text,
        int lines,
        List<String> ids,
        @Nullable Checked checked,
        @Nullable Test test,
        @Nullable List<LimitSuggestions.Suggestion> suggestions) {
    private static final int FEWEST_LINES = 12;
    private static final int MOST_LINES = 40;

    /** What an edited text holds. */
    public record Checked(List<String> warnings, List<String> notes, List<BudgetFileException.Problem> problems) {
        static Checked wrong(BudgetFileException wrong) {
            return new Checked(List.of(), List.of(), wrong.problems());
        }
    }

    /** A back-test's state, a row for each subject of each budget. */
    public record Test(String service, String from, String to, int percent, boolean done, List<Row> rows) {}

    /** @param bad whether it failed */
    public record Row(String budget, String target, String subject, String outcome, String judged, boolean bad) {}

    static BudgetConfigPage of(
            BudgetBook book,
            String text,
            @Nullable Checked checked,
            BackTests.@Nullable Job job,
            @Nullable List<LimitSuggestions.Suggestion> suggestions) {
        int lines = (int) text.lines().count() + 1;
        return new BudgetConfigPage(
                book.file().name(),
                book.since().toString(),
                book.file().budgets().size(),
                book.refused(),
                book.warnings(),
                book.file().notes(),
                text,
                Math.max(FEWEST_LINES, Math.min(lines, MOST_LINES)),
                book.file().budgets().stream().map(Budget::id).sorted().toList(),
                checked,
                job == null ? null : test(job),
                suggestions);
    }

    private static Test test(BackTests.Job job) {
        List<Row> rows = new ArrayList<>();
        List<BackTests.Item> items = job.items();
        if (items != null) {
            for (BackTests.Item item : items) {
                String problem = item.problem();
                if (problem != null) {
                    rows.add(new Row(item.budget(), item.target(), "", problem, "", false));
                }
                item.subjects()
                        .forEach((subject, outcome) -> rows.add(new Row(
                                item.budget(),
                                item.target(),
                                subject,
                                outcome.sentence(),
                                judged(outcome),
                                outcome.failures() > 0)));
            }
        }
        return new Test(
                job.service(),
                job.range().from().toString(),
                job.range().to().toString(),
                (int) (job.progress() * 100),
                items != null,
                rows);
    }

    private static String judged(BackTests.Outcome outcome) {
        List<String> parts = new ArrayList<>();
        outcome.seconds()
                .forEach((verdict, seconds) -> parts.add(verdict.label() + " " + (seconds + 30) / 60 + " min"));
        return String.join(", ", parts);
    }
}
