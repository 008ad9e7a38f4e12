package dev.headroom.dashboard.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.budget.file.BudgetFile;
import dev.headroom.dashboard.budget.file.BudgetFileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BudgetFileWatchTest {
    private static final String FIRST = budgets("< 100ms");

    @TempDir
    Path directory;

    private final List<BudgetFile> taken = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-21T12:00:00Z");

    private static String budgets(String target) {
        return "version: 1\nbudgets:\n  - { id: x, signal: http, measure: p95(duration), target: \"" + target
                + "\" }\n";
    }

    private BudgetBook book;

    private BudgetFileWatch watching(Path file) throws IOException {
        String text = Files.readString(file);
        book = new BudgetBook(new BudgetFileReader(LocalDate.of(2026, 11, 21)).parse(file.toString(), text), text, now);
        book.onReplaced(taken::add);
        return new BudgetFileWatch(book, file.toString(), text, () -> now);
    }

    private String target() {
        return book.file().budgets().get(0).target().toString();
    }

    @Test
    void aNewTextIsInForceWhenTwoLooksFoundIt() throws IOException {
        Path file = Files.writeString(directory.resolve("budgets.yaml"), FIRST);
        try (BudgetFileWatch watch = watching(file)) {
            watch.look();
            assertThat(taken).isEmpty();
            Files.writeString(file, budgets("< 50ms"));
            watch.look();
            assertThat(target()).as("may still be written").isEqualTo("< 100ms");
            now = now.plusSeconds(2);
            watch.look();
            assertThat(target()).isEqualTo("< 50ms");
            assertThat(book.since()).isEqualTo(now);
            assertThat(taken).hasSize(1);
            watch.look();
            assertThat(taken).hasSize(1);
        }
    }

    @Test
    void aWrongFileKeepsTheOldOneInForceAndIsToldOf() throws IOException {
        Path file = Files.writeString(directory.resolve("budgets.yaml"), FIRST);
        try (BudgetFileWatch watch = watching(file)) {
            Files.writeString(file, budgets("<50ms") + "waiver: []\n");
            watch.look();
            watch.look();
            assertThat(target()).isEqualTo("< 100ms");
            assertThat(book.refused()).isNotNull();
            assertThat(book.refused().since()).isEqualTo(now);
            assertThat(book.refused().problems()).singleElement().satisfies(problem -> {
                assertThat(problem.line()).isEqualTo(4);
                assertThat(problem.column()).isEqualTo(1);
                assertThat(problem.found()).isEqualTo("\"waiver\"");
                assertThat(problem.expected()).contains("Did you mean \"waivers\"?");
            });
            Files.writeString(file, budgets("<50ms"));
            Instant before = now;
            now = now.plusSeconds(60);
            watch.look();
            watch.look();
            assertThat(book.refused().since()).as("wrong since the first").isEqualTo(before);
            assertThat(book.refused().problems()).singleElement().satisfies(problem -> {
                assertThat(problem.line()).isEqualTo(3);
                assertThat(problem.column()).isEqualTo(61);
                assertThat(problem.found()).isEqualTo("\"<50ms\"");
            });
            Files.writeString(file, FIRST);
            watch.look();
            watch.look();
            assertThat(book.refused()).isNull();
            assertThat(taken).as("the same budgets again").isEmpty();
        }
    }

    @Test
    void aFileThatIsGoneKeepsTheOldOneInForceUntilItIsBack() throws IOException {
        Path file = Files.writeString(directory.resolve("budgets.yaml"), FIRST);
        try (BudgetFileWatch watch = watching(file)) {
            Files.delete(file);
            watch.look();
            assertThat(target()).isEqualTo("< 100ms");
            assertThat(book.refused().message()).contains("cannot read", "budgets.yaml");
            Files.writeString(file, FIRST);
            watch.look();
            watch.look();
            assertThat(book.refused()).isNull();
        }
    }

    /** As Kubernetes mounts a ConfigMap: the file is a link into a directory that is swapped. */
    @Test
    void aSwappedLinkCounts() throws IOException {
        Path one = Files.createDirectory(directory.resolve("..1"));
        Path two = Files.createDirectory(directory.resolve("..2"));
        Files.writeString(one.resolve("budgets.yaml"), FIRST);
        Files.writeString(two.resolve("budgets.yaml"), budgets("< 70ms"));
        Files.setLastModifiedTime(two.resolve("budgets.yaml"), Files.getLastModifiedTime(one.resolve("budgets.yaml")));
        Path data = Files.createSymbolicLink(directory.resolve("..data"), one.getFileName());
        Path file = Files.createSymbolicLink(directory.resolve("budgets.yaml"), Path.of("..data", "budgets.yaml"));
        try (BudgetFileWatch watch = watching(file)) {
            Path next = Files.createSymbolicLink(directory.resolve("..next"), two.getFileName());
            Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
            watch.look();
            watch.look();
            assertThat(target()).isEqualTo("< 70ms");
        }
    }

    @Test
    void aWaiverThatRunsOutWhileTheFileStaysBecomesAWarning() throws IOException {
        String waived = FIRST + "waivers: [ { budget: x, until: \"2026-11-21\", reason: known } ]\n";
        Path file = Files.writeString(directory.resolve("budgets.yaml"), waived);
        try (BudgetFileWatch watch = watching(file)) {
            assertThat(book.warnings()).isEmpty();
            now = Instant.parse("2026-11-22T00:00:01Z");
            watch.look();
            assertThat(book.warnings()).singleElement().asString().contains("ran out on 2026-11-21");
        }
    }
}
