package dev.headroom.dashboard.budget.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The budget files that hold the demo against the five guides. */
class GuideFilesTest {
    private static final Path GUIDES = Path.of("..", "demo-app", "guides");

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(GUIDES)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void thereIsOneForEachGuide() throws IOException {
        assertThat(files())
                .extracting(file -> file.getFileName().toString())
                .containsExactly("clinic.yaml", "journal.yaml", "pet-care.yaml", "study.yaml", "tasks.yaml");
    }

    @ParameterizedTest
    @MethodSource("files")
    void readsWithoutAWarning(Path file) throws IOException {
        BudgetFile read =
                new BudgetFileReader(LocalDate.of(2026, 11, 21)).parse(file.toString(), Files.readString(file));

        assertThat(read.warnings()).isEmpty();
        assertThat(read.budgets()).hasSizeGreaterThan(5);
    }
}
