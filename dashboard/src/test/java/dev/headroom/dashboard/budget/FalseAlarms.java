package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.budget.file.Knobs;
import dev.headroom.dashboard.store.TimeRange;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Simulates a service of one request a second, judged every ten seconds over the last five minutes, and counts how often it is called
 * FAIL. {@code main} prints the whole table, each row from ten seeds of 1000 days (a minute); {@link FalseAlarmsTest} holds a smaller
 * one to its limits.
 */
final class FalseAlarms {
    private static final int SLICES = 30;
    private static final int PER_SLICE = 10;
    private static final int STEPS_A_DAY = 8640;

    /**
     * What came of it.
     *
     * @param flips a day
     * @param share of time in FAIL
     * @param alerts a day, after {@code for: 1m} and {@code keep: 5m}
     */
    record Result(double flips, double share, double alerts) {
        /** The mean of several seeds. */
        static Result mean(Result... results) {
            return new Result(
                    Arrays.stream(results).mapToDouble(Result::flips).average().orElseThrow(),
                    Arrays.stream(results).mapToDouble(Result::share).average().orElseThrow(),
                    Arrays.stream(results).mapToDouble(Result::alerts).average().orElseThrow());
        }

        /** Standard error of the mean number of alerts of these seeds. */
        static double error(Result... results) {
            double mean = mean(results).alerts;
            double squares = Arrays.stream(results)
                    .mapToDouble(one -> (one.alerts - mean) * (one.alerts - mean))
                    .sum();
            return Math.sqrt(squares / (results.length - 1) / results.length);
        }
    }

    private FalseAlarms() {}

    /** Seeds {@code first} and those after it, at a time on every core. */
    static Result[] seeds(double truth, String allowance, String confidence, int days, int seeds, long first) {
        return LongStream.range(first, first + seeds)
                .parallel()
                .mapToObj(seed -> healthy(truth, allowance, confidence, days, seed))
                .toArray(Result[]::new);
    }

    /** @param confidence 0 = the bare comparison */
    static Result healthy(double truth, String allowance, String confidence, int days, long seed) {
        Knobs knobs = JudgeTest.knobs("confidence: " + confidence + ", min_bad: " + (confidence.equals("0") ? 1 : 2));
        Episodes episodes = new Episodes(knobs);
        SplittableRandom random = new SplittableRandom(seed);
        int[] window = new int[SLICES];
        boolean[] fails = fails(allowance, knobs);
        double[] upTo = upTo(truth);
        int bad = 0;
        long failed = 0;
        Instant at = Instant.EPOCH;
        for (int step = 0; step < days * STEPS_A_DAY + SLICES; step++) {
            bad += next(window, step, upTo, random);
            if (step >= SLICES) {
                Instant to = at.plusSeconds(10);
                boolean fail = fails[bad];
                failed += fail ? 1 : 0;
                episodes.add(fail ? Verdict.FAIL : Verdict.PASS, new TimeRange(at, to));
                at = to;
            }
        }
        BackTests.Outcome outcome = episodes.outcome();
        return new Result(
                (double) outcome.failures() / days,
                (double) failed / days / STEPS_A_DAY,
                (double) outcome.alerts() / days);
    }

    /** Puts a slice of requests into the window; returns by how many more of it are bad. */
    private static int next(int[] window, int step, double[] upTo, SplittableRandom random) {
        double drawn = random.nextDouble();
        int slice = 0;
        while (slice < PER_SLICE && drawn >= upTo[slice]) {
            slice++;
        }
        int change = slice - window[step % SLICES];
        window[step % SLICES] = slice;
        return change;
    }

    /** Probability of at most so many bad requests in a slice. */
    private static double[] upTo(double truth) {
        double[] upTo = new double[PER_SLICE];
        for (int k = 0; k < PER_SLICE; k++) {
            upTo[k] = BinomialTail.atMost(k, PER_SLICE, truth);
        }
        return upTo;
    }

    private static boolean[] fails(String allowance, Knobs knobs) {
        int n = SLICES * PER_SLICE;
        BigDecimal share = new BigDecimal(allowance);
        boolean[] fails = new boolean[n + 1];
        for (int k = 0; k <= n; k++) {
            Bracket bad = Bracket.exactly(k);
            fails[k] = Judge.events(new Judge.Events(n, bad, bad, share, share, false), knobs)
                            .verdict()
                    == Verdict.FAIL;
        }
        return fails;
    }

    /** Time from a breach until FAIL, and until the alert; null where it takes more than an hour. */
    static @Nullable Duration delay(double before, double truth, String allowance, boolean alert, long seed) {
        Knobs knobs = JudgeTest.knobs("confidence: 0.99");
        Episodes episodes = new Episodes(knobs);
        SplittableRandom random = new SplittableRandom(seed);
        boolean[] fails = fails(allowance, knobs);
        double[] healthy = upTo(before);
        double[] broken = upTo(truth);
        int[] window = new int[SLICES];
        int bad = 0;
        for (int step = 0; step < 2 * SLICES + 360; step++) {
            boolean began = step >= 2 * SLICES;
            bad += next(window, step, began ? broken : healthy, random);
            if (began) {
                Instant from = Instant.EPOCH.plusSeconds(10L * step);
                episodes.add(fails[bad] ? Verdict.FAIL : Verdict.PASS, new TimeRange(from, from.plusSeconds(10)));
                BackTests.Outcome outcome = episodes.outcome();
                if (alert ? outcome.alerts() > 0 : outcome.failures() > 0) {
                    return Duration.ofSeconds(10L * (step - 2 * SLICES + 1));
                }
            }
        }
        return null;
    }

    /** Prints the table. */
    public static void main(String[] arguments) {
        for (String[] row : new String[][] {{"0.05", "0.04"}, {"0.01", "0.005"}}) {
            for (String confidence : new String[] {"0", "0.95", "0.99", "0.999"}) {
                Result[] results = seeds(Double.parseDouble(row[1]), row[0], confidence, 1000, 10, 1);
                Result mean = Result.mean(results);
                System.out.println(String.format(
                        Locale.ROOT,
                        "allowed %s, true %s, confidence %s: %.3f flips a day, %.4f %% of the time,"
                                + " %.4f alerts a day (standard error %.4f)",
                        row[0],
                        row[1],
                        confidence,
                        mean.flips(),
                        100 * mean.share(),
                        mean.alerts(),
                        Result.error(results)));
            }
        }
    }
}
