package dev.headroom.dashboard.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.budget.file.BudgetFileReader;
import dev.headroom.dashboard.budget.file.Knobs;
import dev.headroom.dashboard.budget.file.Limit;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private static final int[] N = {2, 5, 10, 20, 60, 100, 300, 412, 1000};

    static Knobs knobs(String settings) {
        String yaml = "version: 1\nbudgets: [ { id: x, signal: http, measure: p95(duration), target: \"< 1s\", "
                + settings + " } ]";
        return new BudgetFileReader(LocalDate.of(2026, 11, 21))
                .parse("test", yaml)
                .budgets()
                .get(0)
                .knobs();
    }

    static Limit limit(String text) {
        String yaml = "version: 1\nbudgets: [ { id: x, signal: http, measure: count(), target: \"" + text + "\" } ]";
        return new BudgetFileReader(LocalDate.of(2026, 11, 21))
                .parse("test", yaml)
                .budgets()
                .get(0)
                .target();
    }

    private static Judgement judge(long bad, long n, String allowance, Knobs knobs) {
        BigDecimal share = new BigDecimal(allowance);
        Bracket over = Bracket.exactly(bad);
        return Judge.events(new Judge.Events(n, over, over, share, share, false), knobs);
    }

    private static int firstFail(int n, String allowance, String confidence) {
        Knobs knobs = knobs("confidence: " + confidence);
        for (int bad = 0; bad <= n; bad++) {
            if (judge(bad, n, allowance, knobs).verdict() == Verdict.FAIL) {
                return bad;
            }
        }
        return 0;
    }

    @Test
    void smallestNumberOfBadEventsThatFails() {
        // 0 = no number of bad events is proof.
        assertVector("0.5", "0.99", 0, 0, 10, 16, 40, 63, 171, 231, 538);
        assertVector("0.5", "0.95", 0, 5, 9, 15, 37, 59, 165, 224, 527);
        assertVector("0.2", "0.99", 0, 4, 6, 9, 21, 31, 78, 103, 231);
        assertVector("0.2", "0.95", 2, 4, 5, 8, 18, 28, 73, 97, 222);
        assertVector("0.05", "0.99", 2, 3, 4, 5, 8, 12, 25, 33, 68);
        assertVector("0.05", "0.95", 2, 2, 3, 4, 7, 10, 22, 29, 63);
        assertVector("0.01", "0.99", 2, 2, 2, 3, 4, 5, 9, 10, 19);
        assertVector("0.01", "0.95", 2, 2, 2, 2, 3, 4, 7, 9, 16);
        assertVector("0.001", "0.99", 2, 2, 2, 2, 2, 2, 3, 3, 5);
        assertVector("0.001", "0.95", 2, 2, 2, 2, 2, 2, 2, 3, 4);
    }

    private static void assertVector(String allowance, String confidence, int... expected) {
        for (int i = 0; i < N.length; i++) {
            assertThat(firstFail(N[i], allowance, confidence))
                    .as("allowance %s, confidence %s, n %d", allowance, confidence, N[i])
                    .isEqualTo(expected[i]);
        }
    }

    @Test
    void largestNumberOfBadEventsThatPasses() {
        Knobs knobs = knobs("min_bad: 2");
        long[][] expected = {{60, 3}, {100, 5}, {300, 15}, {412, 20}, {1000, 50}};
        for (long[] row : expected) {
            assertThat(judge(row[1], row[0], "0.05", knobs).verdict()).isEqualTo(Verdict.PASS);
            assertThat(judge(row[1] + 1, row[0], "0.05", knobs).verdict()).isEqualTo(Verdict.WARN);
        }
        assertThat(judge(10, 1000, "0.01", knobs).verdict()).isEqualTo(Verdict.PASS);
        assertThat(judge(11, 1000, "0.01", knobs).verdict()).isEqualTo(Verdict.WARN);
    }

    @Test
    void fewerEventsThanThreeOverTheAllowanceAreNoPass() {
        Knobs knobs = knobs("min_bad: 2");
        assertThat(judge(0, 59, "0.05", knobs).reason()).isEqualTo(Reason.TOO_FEW);
        assertThat(judge(0, 60, "0.05", knobs).verdict()).isEqualTo(Verdict.PASS);
        assertThat(judge(0, 0, "0.05", knobs).verdict()).isEqualTo(Verdict.NO_DATA);
        assertThat(Judge.minSamples(new BigDecimal("0.5"), knobs)).isEqualTo(6);
        assertThat(Judge.minSamples(new BigDecimal("0.2"), knobs)).isEqualTo(15);
        assertThat(Judge.minSamples(new BigDecimal("0.001"), knobs)).isEqualTo(1000);
        assertThat(Judge.minSamples(BigDecimal.ZERO, knobs)).isEqualTo(1000);
    }

    @Test
    void aCleanPassIsStrongOnlyWithManyEvents() {
        Knobs knobs = knobs("min_bad: 2");
        assertThat(judge(0, 89, "0.05", knobs).evidence()).isEqualTo("weak");
        assertThat(judge(0, 90, "0.05", knobs).evidence()).isEqualTo("strong");
        assertThat(judge(0, 458, "0.01", knobs).evidence()).isEqualTo("weak");
        assertThat(judge(0, 459, "0.01", knobs).evidence()).isEqualTo("strong");
        assertThat(judge(0, 4602, "0.001", knobs).evidence()).isEqualTo("weak");
        assertThat(judge(0, 4603, "0.001", knobs).evidence()).isEqualTo("strong");
    }

    @Test
    void aStrictShareAtItsLimitWarns() {
        BigDecimal percent = new BigDecimal("0.01");
        Bracket ten = Bracket.exactly(10);
        Knobs knobs = knobs("min_bad: 2");
        Judge.Events strict = new Judge.Events(1000, ten, ten, percent, percent, true);
        assertThat(Judge.events(strict, knobs).verdict()).isEqualTo(Verdict.WARN);
        Judge.Events loose = new Judge.Events(1000, ten, ten, percent, percent, false);
        assertThat(Judge.events(loose, knobs).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void betweenTargetAndAcceptableWarns() {
        BigDecimal share = new BigDecimal("0.05");
        Judge.Events events = new Judge.Events(412, Bracket.exactly(60), Bracket.exactly(10), share, share, false);
        Judgement judgement = Judge.events(events, knobs("min_bad: 2"));
        assertThat(judgement.verdict()).isEqualTo(Verdict.WARN);
        assertThat(judgement.reason()).isNull();
    }

    @Test
    void coarseBucketsFailOnlyWhatIsSureAndPassOnlyWhatIsSure() {
        BigDecimal share = new BigDecimal("0.05");
        Knobs knobs = knobs("min_bad: 2");
        Judge.Events sure = events(new Bracket(33, 60), share);
        assertThat(Judge.events(sure, knobs).verdict()).isEqualTo(Verdict.FAIL);
        Judge.Events open = events(new Bracket(10, 60), share);
        assertThat(Judge.events(open, knobs))
                .returns(Verdict.WARN, Judgement::verdict)
                .returns(Reason.COARSE_BUCKETS, Judgement::reason);
        Judge.Events good = events(new Bracket(5, 20), share);
        assertThat(Judge.events(good, knobs).verdict()).isEqualTo(Verdict.PASS);
    }

    private static Judge.Events events(Bracket over, BigDecimal share) {
        return new Judge.Events(412, over, over, share, share, false);
    }

    @Test
    void withoutConfidenceTheBareShareDecides() {
        Knobs knobs = knobs("confidence: 0, min_bad: 1");
        assertThat(judge(21, 412, "0.05", knobs).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(judge(20, 412, "0.05", knobs).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void countsFailAtOnceAndPassOnlyWhenReported() {
        Limit none = limit("= 0");
        Knobs knobs = knobs("min_bad: 1");
        assertThat(Judge.count(BigDecimal.ONE, 1, 0.1, none, none, knobs).verdict())
                .isEqualTo(Verdict.FAIL);
        assertThat(Judge.count(BigDecimal.ZERO, 0, 0.9, none, none, knobs).verdict())
                .isEqualTo(Verdict.PASS);
        assertThat(Judge.count(BigDecimal.ZERO, 0, 0.7, none, none, knobs).reason())
                .isEqualTo(Reason.PARTIAL);
        Knobs two = knobs("min_bad: 2");
        assertThat(Judge.count(BigDecimal.ONE, 1, 1, none, none, two).verdict()).isEqualTo(Verdict.WARN);
    }

    @Test
    void readingsNeedCoverage() {
        Limit target = limit("< 70");
        Limit acceptable = limit("< 90");
        Knobs knobs = knobs("min_bad: 2");
        assertThat(Judge.reading(50, 1, target, acceptable, knobs).verdict()).isEqualTo(Verdict.PASS);
        assertThat(Judge.reading(70, 1, target, acceptable, knobs).verdict()).isEqualTo(Verdict.WARN);
        assertThat(Judge.reading(90, 1, target, acceptable, knobs).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(Judge.reading(90, 0.79, target, acceptable, knobs).reason()).isEqualTo(Reason.PARTIAL);
    }

    @Test
    void anIntervalFailsOnlyWhenAllOfItIsBeyond() {
        Limit target = limit(">= 10");
        Limit acceptable = limit(">= 5");
        assertThat(Judge.interval(4, 3, 4.9, true, target, acceptable).verdict())
                .isEqualTo(Verdict.FAIL);
        assertThat(Judge.interval(4, 3, 5.1, true, target, acceptable).verdict())
                .isEqualTo(Verdict.WARN);
        assertThat(Judge.interval(12, 3, 20, true, target, acceptable).verdict())
                .isEqualTo(Verdict.PASS);
        assertThat(Judge.interval(12, 3, 20, false, target, acceptable).verdict())
                .isEqualTo(Verdict.NO_DATA);
    }
}
