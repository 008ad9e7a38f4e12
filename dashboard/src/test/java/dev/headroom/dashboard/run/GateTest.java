package dev.headroom.dashboard.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.budget.Verdict;
import dev.headroom.dashboard.run.Gate.Decision;
import org.junit.jupiter.api.Test;

class GateTest {
    private static final Gate GATE = Gate.of(null);
    private static final Gate STRICT = Gate.of("warn");

    @Test
    void aFailBreaksTheBuildBeforeMissingDataDoes() {
        RunResult result = SampleResults.of(
                SampleResults.item("a", Verdict.FAIL), SampleResults.item("b", Verdict.NO_DATA, "fail"));
        assertThat(GATE.decide(result)).isEqualTo(Decision.FAIL);
        assertThat(GATE.decide(result).exit()).isEqualTo(1);
        assertThat(GATE.decide(result).http()).isEqualTo(422);
    }

    @Test
    void aWarnPassesUnlessAskedOtherwise() {
        RunResult result = SampleResults.of(SampleResults.item("a", Verdict.WARN));
        assertThat(GATE.decide(result)).isEqualTo(Decision.PASS);
        assertThat(STRICT.decide(result)).isEqualTo(Decision.FAIL);
    }

    @Test
    void missingDataCountsAsTheBudgetSays() {
        RunResult.Item measured = SampleResults.item("a", Verdict.PASS);
        assertThat(GATE.decide(SampleResults.of(measured, SampleResults.item("b", Verdict.NO_DATA, "ignore"))))
                .isEqualTo(Decision.PASS);
        RunResult warned = SampleResults.of(measured, SampleResults.item("b", Verdict.NO_DATA, "warn"));
        assertThat(GATE.decide(warned)).isEqualTo(Decision.PASS);
        assertThat(STRICT.decide(warned)).isEqualTo(Decision.FAIL);
        RunResult wanted = SampleResults.of(measured, SampleResults.item("b", Verdict.NO_DATA, "fail"));
        assertThat(GATE.decide(wanted)).isEqualTo(Decision.NO_DATA);
        assertThat(GATE.decide(wanted).exit()).isEqualTo(3);
        assertThat(GATE.decide(wanted).http()).isEqualTo(424);
    }

    @Test
    void nothingMeasuredIsNeverAPass() {
        assertThat(GATE.decide(SampleResults.of())).isEqualTo(Decision.NO_DATA);
        assertThat(GATE.decide(SampleResults.of(SampleResults.item("a", Verdict.NO_DATA, "ignore"))))
                .isEqualTo(Decision.NO_DATA);
        assertThat(GATE.decide(SampleResults.of(SampleResults.beaten("a", Verdict.FAIL))))
                .as("what another budget beats weighs nothing")
                .isEqualTo(Decision.NO_DATA);
    }

    @Test
    void aWaivedFailWarns() {
        RunResult result = SampleResults.of(SampleResults.waived("a"));
        assertThat(GATE.decide(result)).isEqualTo(Decision.PASS);
        assertThat(STRICT.decide(result)).isEqualTo(Decision.FAIL);
    }

    @Test
    void aResultSurvivesJson() {
        RunResult result = SampleResults.of(
                SampleResults.item("a", Verdict.FAIL), SampleResults.item("b", Verdict.NO_DATA, "warn"));
        assertThat(RunJson.result(RunJson.write(result))).isEqualTo(result);
        assertThat(RunJson.result(RunJson.pretty(result))).isEqualTo(result);
        assertThat(RunJson.write(result)).contains("\"NO DATA\"", "\"no evidence\"", "\"2026-11-21T12:00:00Z\"");
    }
}
