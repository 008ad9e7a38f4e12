package dev.headroom.dashboard.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.budget.file.Knobs;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every verdict on events against whole-number arithmetic, which knows no rounding. */
class VerdictVectorsTest {
    private static final int[] N = {1, 2, 5, 10, 20, 60, 100, 300, 412, 1000};

    /** P(X >= k) for X ~ Binomial(n, percent of a thousand), times 1000^n. */
    private static BigInteger[] tails(int n, int permille) {
        BigInteger p = BigInteger.valueOf(permille);
        BigInteger q = BigInteger.valueOf(1000 - permille);
        BigInteger[] tails = new BigInteger[n + 2];
        tails[n + 1] = BigInteger.ZERO;
        BigInteger choose = BigInteger.ONE;
        for (int k = n; k >= 0; k--) {
            tails[k] = tails[k + 1].add(choose.multiply(p.pow(k)).multiply(q.pow(n - k)));
            choose = choose.multiply(BigInteger.valueOf(k)).divide(BigInteger.valueOf(n - k + 1));
        }
        return tails;
    }

    private static Verdict oracle(int k, int n, int permille, int significance, BigInteger[] tails) {
        BigInteger whole = BigInteger.valueOf(1000).pow(n);
        // P <= significance percent
        boolean proved =
                tails[k].multiply(BigInteger.valueOf(100)).compareTo(whole.multiply(BigInteger.valueOf(significance)))
                        <= 0;
        long rank = -Math.floorDiv(-(long) n * (1000 - permille), 1000);
        boolean within = k <= n - rank;
        if (proved && k >= 2 && !within) {
            return Verdict.FAIL;
        }
        int needed = Math.min(1000, -Math.floorDiv(-3000, permille));
        if (n < needed) {
            return Verdict.NO_DATA;
        }
        return within ? Verdict.PASS : Verdict.WARN;
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 200, 50, 10, 1})
    void verdictsAreThoseOfExactArithmetic(int permille) {
        BigDecimal allowance = BigDecimal.valueOf(permille, 3);
        for (int significance : new int[] {1, 5}) {
            Knobs knobs = JudgeTest.knobs("confidence: " + (significance == 1 ? "0.99" : "0.95"));
            for (int n : N) {
                BigInteger[] tails = tails(n, permille);
                for (int k = 0; k <= n; k++) {
                    Bracket bad = Bracket.exactly(k);
                    Judge.Events events = new Judge.Events(n, bad, bad, allowance, allowance, false);
                    assertThat(Judge.events(events, knobs).verdict())
                            .as("%d of %d, %d permille, %d %%", k, n, permille, significance)
                            .isEqualTo(oracle(k, n, permille, significance, tails));
                }
            }
        }
    }

    /** What buckets hide can only make a verdict weaker, never turn it round. */
    @Test
    void aBracketNeverSaysMoreThanBothOfItsEnds() {
        SplittableRandom random = new SplittableRandom(5);
        Knobs knobs = JudgeTest.knobs("confidence: 0.99");
        BigDecimal allowance = new BigDecimal("0.05");
        for (int i = 0; i < 5_000; i++) {
            int n = 60 + random.nextInt(500);
            int low = random.nextInt(n / 4);
            int high = Math.min(n, low + random.nextInt(30));
            Bracket bracket = new Bracket(low, high);
            Judgement seen = Judge.events(new Judge.Events(n, bracket, bracket, allowance, allowance, false), knobs);
            Verdict best = Judge.events(
                            new Judge.Events(
                                    n, Bracket.exactly(low), Bracket.exactly(low), allowance, allowance, false),
                            knobs)
                    .verdict();
            Verdict worst = Judge.events(
                            new Judge.Events(
                                    n, Bracket.exactly(high), Bracket.exactly(high), allowance, allowance, false),
                            knobs)
                    .verdict();
            if (seen.verdict() == Verdict.FAIL) {
                assertThat(best).as("FAIL only from the surely bad").isEqualTo(Verdict.FAIL);
            } else if (seen.verdict() == Verdict.PASS) {
                assertThat(worst).as("PASS only from the surely good").isEqualTo(Verdict.PASS);
            } else if (best != worst) {
                assertThat(seen.reason()).isEqualTo(Reason.COARSE_BUCKETS);
            }
        }
    }
}
