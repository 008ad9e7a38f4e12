package dev.headroom.dashboard.budget;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One budget applied to one subject, as judged now.
 *
 * @param subject what it is about: service, route, statement, ... ; empty for the whole service
 * @param target limit as written, such as "p95(duration) < 100ms"
 * @param acceptable limit as written, or null
 * @param current value with its unit, or null without data; marked with ≈ where it is bracketed
 * @param reason why, above all for NO DATA: never-seen, idle, stale, too-few, partial, warming-up, error
 * @param n events judged
 * @param bad events beyond acceptable
 * @param sentence the verdict in words, with its numbers
 * @param headroom share of the allowance that is left, 1 = untouched, 0 or less = used up; null where it has no meaning
 * @param detail link parameter that leads to the rows behind it: routes, queries, caches, pools, calls or service
 * @param limitNanos the limits in nanoseconds, inclusive, at which its events are counted; empty unless it is about durations
 */
public record BudgetStatus(
        String id,
        String title,
        String service,
        String subject,
        String signal,
        String target,
        @Nullable String acceptable,
        @Nullable String current,
        Verdict status,
        @Nullable String reason,
        long n,
        long bad,
        String sentence,
        @Nullable Double headroom,
        String severity,
        @Nullable String evidence,
        String detail,
        List<Long> limitNanos) {}
