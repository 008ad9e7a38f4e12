package dev.headroom.junit;

import dev.headroom.dashboard.budget.ScopeJudge;
import dev.headroom.dashboard.budget.file.BudgetFile;
import dev.headroom.dashboard.budget.file.BudgetFileException;
import dev.headroom.dashboard.budget.file.BudgetFileReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A budget file that was found and read.
 *
 * @param place as it was named
 */
record Budgets(String place, ScopeJudge judge) {
    static final String USUAL = "budgets.yaml";

    /**
     * Looks for a pack of that name, a file, then a resource on the test's class path.
     *
     * @return null when there is none
     * @throws BudgetFileException when it is no budget file, with line, column, found and expected
     */
    static @Nullable Budgets find(String place, Class<?> test) {
        BudgetFileReader reader = new BudgetFileReader(LocalDate.now(ZoneOffset.UTC));
        if (place.startsWith("headroom:") || Files.isRegularFile(Path.of(place))) {
            return of(place, reader.read(place));
        }
        ClassLoader loader = test.getClassLoader();
        try (@Nullable InputStream in = loader == null ? null : loader.getResourceAsStream(place)) {
            return in == null
                    ? null
                    : of(place, reader.parse(place, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException failure) {
            throw new UncheckedIOException(place + " on the test's class path cannot be read", failure);
        }
    }

    private static Budgets of(String place, BudgetFile file) {
        return new Budgets(place, new ScopeJudge(file));
    }

    /** @throws IllegalStateException always: the file that was named is nowhere */
    static IllegalStateException missing(String place) {
        return new IllegalStateException("Budget file \"" + place + "\" is neither a file in "
                + Path.of("").toAbsolutePath()
                + " nor on the test's class path; expected a budgets.yaml with a part tests:,"
                + " or a pack such as headroom:recommended");
    }
}
