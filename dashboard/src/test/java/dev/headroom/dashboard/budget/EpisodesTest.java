package dev.headroom.dashboard.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.store.TimeRange;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Evaluations every ten seconds, {@code for: 1m} and {@code keep: 5m}: the same counts as of a live alert. */
class EpisodesTest {
    private final Episodes episodes = new Episodes(JudgeTest.knobs("confidence: 0.99"));
    private Instant at = Instant.EPOCH;

    private void judged(Verdict verdict, int times) {
        for (int i = 0; i < times; i++) {
            episodes.add(verdict, new TimeRange(at, at.plusSeconds(10)));
            at = at.plusSeconds(10);
        }
    }

    @Test
    void aMinuteIsSevenEvaluations() {
        judged(Verdict.FAIL, 6);
        judged(Verdict.PASS, 1);
        assertThat(episodes.outcome().alerts()).isZero();
        judged(Verdict.FAIL, 7);
        assertThat(episodes.outcome().alerts()).isEqualTo(1);
        assertThat(episodes.outcome().failures()).isEqualTo(2);
    }

    @Test
    void aFailBeforeFiveKeptMinutesIsTheSameAlert() {
        judged(Verdict.FAIL, 7);
        judged(Verdict.WARN, 30);
        judged(Verdict.FAIL, 7);
        assertThat(episodes.outcome().alerts()).isEqualTo(1);
        judged(Verdict.PASS, 31);
        judged(Verdict.FAIL, 7);
        assertThat(episodes.outcome().alerts()).isEqualTo(2);
    }

    @Test
    void noDataNeitherRaisesNorClears() {
        judged(Verdict.FAIL, 4);
        judged(Verdict.NO_DATA, 1);
        judged(Verdict.FAIL, 6);
        assertThat(episodes.outcome().alerts()).isZero();
        judged(Verdict.FAIL, 1);
        judged(Verdict.NO_DATA, 60);
        judged(Verdict.FAIL, 7);
        assertThat(episodes.outcome().alerts()).isEqualTo(1);
    }
}
