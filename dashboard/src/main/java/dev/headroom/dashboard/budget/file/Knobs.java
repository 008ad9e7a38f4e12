package dev.headroom.dashboard.budget.file;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How strictly and over how long a budget is judged.
 *
 * @param window rolling evaluation window
 * @param stretch how far back a quiet check may look until its samples are in; zero = never
 * @param minSamples events needed for a PASS; 0 = three over the allowance, at most 1000
 * @param minBad bad events needed for a FAIL
 * @param confidence of the one-sided exact binomial test; 0 = compare the bare estimate
 * @param coverage share of the window's slices that must be present for readings and counts
 * @param warmup first time after a JVM's start that does not count
 * @param hold a FAIL must last this long to raise an alert
 * @param keep PASS or WARN must last this long to clear it
 * @param burnPeriod period of the error budget; null = no burn rate
 * @param allowance share of slices in which a reading may be bad, for burn only
 */
public record Knobs(
        Duration window,
        Duration stretch,
        int minSamples,
        int minBad,
        BigDecimal confidence,
        double coverage,
        Duration warmup,
        Duration hold,
        Duration keep,
        Severity severity,
        NoData noData,
        @Nullable Duration burnPeriod,
        BigDecimal allowance) {
    /** Who is told of a FAIL. */
    public enum Severity {
        PAGE,
        TICKET,
        NONE;

        public String key() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** What NO DATA does to the overall verdict. */
    public enum NoData {
        IGNORE,
        WARN,
        FAIL
    }

    /** What holds where a file says nothing. */
    public static final Knobs LIVE = new Knobs(
            Duration.ofMinutes(5),
            Duration.ofHours(6),
            0,
            2,
            new BigDecimal("0.99"),
            0.8,
            Duration.ofSeconds(60),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Severity.TICKET,
            NoData.IGNORE,
            Duration.ofDays(30),
            new BigDecimal("0.05"));

    /**
     * For one look at a whole range: nothing further back, and 0.95 where the confidence is the 0.99 that looking every ten seconds
     * needs.
     */
    public Knobs once(Duration range) {
        return new Knobs(
                range,
                Duration.ZERO,
                minSamples,
                minBad,
                confidence.compareTo(LIVE.confidence) == 0 ? TEST.confidence : confidence,
                coverage,
                warmup,
                hold,
                keep,
                severity,
                noData,
                burnPeriod,
                allowance);
    }

    /** The same for one evaluation at the end of a test run. */
    public static final Knobs TEST = new Knobs(
            LIVE.window,
            LIVE.stretch,
            1,
            1,
            new BigDecimal("0.95"),
            LIVE.coverage,
            Duration.ZERO,
            LIVE.hold,
            LIVE.keep,
            LIVE.severity,
            NoData.FAIL,
            null,
            LIVE.allowance);
}
