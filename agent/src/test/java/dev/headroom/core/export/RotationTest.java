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
    void endsOftenerWhileItIsWished() {
        Rotation rotation = new Rotation(clock, 5_000);
        clock.pass(5_200);
        long end = rotation.end();
        rotation.every(1_000);

        assertThat(rotation.millisToNext()).isEqualTo(800);
        clock.pass(1_900);
        assertThat(rotation.end()).as("late, on a multiple all the same").isEqualTo(end + 2_000);
        rotation.every(-1);
        assertThat(rotation.millisToNext()).isEqualTo(2_900);
    }

    @Test
    void isNotMadeToWorkOftenerThanEverySecondNorSeldomerThanSet() {
        Rotation rotation = new Rotation(clock, 5_000);
        for (long wished : new long[] {Long.MIN_VALUE, -1, 0, 999, 5_000, 60_000, Long.MAX_VALUE}) {
            rotation.every(wished);
            assertThat(rotation.intervalMillis()).as("%d", wished).isEqualTo(5_000);
        }
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
    void goesOnAsIfNothingWereAfterALargeStepWhileAServerDisagrees() {
        for (long step : new long[] {3_600_000, -3_600_000}) {
            Rotation rotation = new Rotation(clock, 5_000);
            long end = rotation.startMillis();
            long server = clock.wallMillis();
            clock.step(step);
            for (int i = 0; i < 200; i++) {
                clock.pass(5_000);
                server += 5_000;
                assertThat(rotation.due()).isTrue();
                assertThat(rotation.end()).isEqualTo(end + 5_000);
                end += 5_000;
                // An HTTP-date has whole seconds.
                rotation.told(server - 900);
            }
            clock.step(-step);
            clock.pass(5_000);
            assertThat(rotation.end()).isEqualTo(end + 5_000);
        }
    }

    @Test
    void leavesNoGapWhenAServerConfirmsAStepForward() {
        Rotation rotation = new Rotation(clock, 5_000);
        long start = rotation.startMillis();
        clock.pass(2_000);
        clock.step(3_600_000);
        assertThat(rotation.stepped()).isTrue();
        rotation.told(clock.wallMillis());

        assertThat(rotation.startMillis()).isEqualTo(start);
        assertThat(rotation.due()).isTrue();
        assertThat(rotation.end()).isEqualTo(start + 3_600_000);
        clock.pass(3_000);
        assertThat(rotation.end()).isEqualTo(start + 3_605_000);
    }

    @Test
    void endsNowWhenAServerConfirmsAStepBack() {
        Rotation rotation = new Rotation(clock, 5_000);
        long start = rotation.startMillis();
        clock.pass(2_000);
        clock.step(-3_600_000);
        rotation.told(clock.wallMillis() + 1_200);

        assertThat(rotation.startMillis()).isEqualTo(start - 3_600_000);
        clock.pass(3_000);
        assertThat(rotation.due()).isTrue();
        assertThat(rotation.end()).isEqualTo(start - 3_600_000 + 5_000);
    }

    @Test
    void followsAStepThatLastsWhenNoServerNamesTheTime() {
        Rotation rotation = new Rotation(clock, 5_000);
        clock.step(3_600_000);
        assertThat(rotation.stepped()).isTrue();
        clock.pass(5_000);
        long first = rotation.end();
        assertThat(first).isEqualTo(clock.wallMillis() - 3_600_000);
        clock.pass(Rotation.HOLD_MILLIS + 1);
        assertThat(rotation.due()).isTrue();
        assertThat(clock.wallMillis() - rotation.end()).isBetween(0L, 5_000L);
    }

    @Test
    void neverOverlapsNorLeavesAGapWhateverTheWallClockDoesWithinAnInterval() {
        Random random = new Random(3);
        Rotation rotation = new Rotation(clock, 5_000);
        long previousEnd = rotation.startMillis();
        for (int i = 0; i < 10_000; i++) {
            clock.pass(random.nextInt(12_000));
            clock.step(random.nextInt(4_000) - 2_000);
            if (rotation.due() || i % 100 == 0) {
                assertThat(rotation.startMillis()).isEqualTo(previousEnd);
                long end = i % 100 == 0 ? rotation.endEarly() : rotation.end();
                assertThat(end).isGreaterThan(previousEnd);
                previousEnd = end;
            }
        }
    }
}
