package dev.headroom.dashboard.budget.file;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Lets a FAIL count as WARN up to and including a day (UTC).
 *
 * @param subject null = every subject of the budget
 */
public record Waiver(
        String budget,
        @Nullable String subject,
        LocalDate until,
        String reason,
        @Nullable String owner) {}
