package dev.headroom.core.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RotationTest {
    private final ManualClock clock = new ManualClock();

    @Test
    void endsOnMultiplesOfTheInterval() {
        clock.pass(1_700);
        Rotation rotation = new Rotation(clock, 5_000);
        long start = rotation.startMillis();

        assertThat(start % 5_000).isEqualTo(1_700);
        assertThat(rotation.millisToNext()).isEqualTo(3_300);
        clock.pass(3_310);
        assertThat(rotation.due()).isTrue();
        assertThat(rotation.end()).isEqualTo(start + 3_300);
        assertThat(rotation.millisToNext()).isEqualTo(4_990);
    }

    @Test
    void closesOneLongWindowAfterAPause() {
        Rotation rotation = new Rotation(clock, 5_000);
        long start = rotation.startMillis();
        clock.pass(63_000);

        assertThat(rotation.end()).isEqualTo(start + 60_000);
        assertThat(rotation.due()).isFalse();
    }

    @Test
    void waitsOutASmallStepBack() {
        Rotation rotation = new Rotation(clock, 5_000);
        long start = rotation.startMillis();
        clock.pass(4_000);
        clock.step(-2_000);

        clock.pass(2_900);
        assertThat(rotation.due()).isFalse();
        clock.pass(100);
        assertThat(rotation.due()).isTrue();
        assertThat(rotation.end()).isEqualTo(start + 5_000);
    }

    @Test
    void goesOnSlowlyAfterALargeStepBackUntilTheWallClockHasCaughtUp() {
        Rotation rotation = new Rotation(clock, 5_000);
        long start = rotation.startMillis();
        clock.step(-3_600_000);

        clock.pass(10_000);
        assertThat(rotation.due()).isTrue();
        assertThat(rotation.end()).isEqualTo(start + 1_000);
        clock.step(3_600_000);
        assertThat(rotation.end()).isEqualTo(start + 10_000);
    }

    @Test
    void neverOverlapsNorLeavesAGapWhateverTheWallClockDoes() {
        Random random = new Random(3);
        Rotation rotation = new Rotation(clock, 5_000);
        long previousEnd = rotation.startMillis();
        for (int i = 0; i < 10_000; i++) {
            clock.pass(random.nextInt(12_000));
            clock.step((long) (random.nextGaussian() * 20_000));
            if (rotation.due() || i % 100 == 0) {
                assertThat(rotation.startMillis()).isEqualTo(previousEnd);
                long end = i % 100 == 0 ? rotation.endEarly() : rotation.end();
                assertThat(end).isGreaterThan(previousEnd);
                previousEnd = end;
            }
        }
    }
}
