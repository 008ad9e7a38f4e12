package dev.headroom.dashboard.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;

class IntakeTest {
    @Test
    void turnsAwayWhatIsBeyondItsBytesAndTakesItLater() {
        Intake intake = new Intake(DataSize.ofBytes(100));
        intake.enter(60);
        intake.enter(40);
        assertThatThrownBy(() -> intake.enter(1))
                .isInstanceOfSatisfying(
                        OtlpRefusal.class,
                        refusal -> assertThat(refusal.status()).isEqualTo(HttpStatus.TOO_MANY_REQUESTS))
                .hasMessageContaining("100 bytes of requests wait");
        assertThat(intake.waitingBytes()).isEqualTo(100);
        intake.leave(60);
        intake.enter(1);
        assertThat(intake.waitingBytes()).isEqualTo(41);
    }

    @Test
    void letsARequestInThatIsLargerThanTheBoundWhenNothingElseWaits() {
        Intake intake = new Intake(DataSize.ofBytes(100));
        intake.enter(500);
        assertThat(intake.waitingBytes()).isEqualTo(500);
    }
}
