package dev.headroom.dashboard.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.budget.Verdict;
import dev.headroom.dashboard.history.VerdictStrip.Run;
import dev.headroom.dashboard.history.VerdictStrip.Span;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VerdictStripTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final VerdictStrip strip = new VerdictStrip();

    @Test
    void keepsTheWorstVerdictOfEachSlot() {
        strip.add(NOON, Verdict.PASS);
        assertThat(strip.add(NOON.plusSeconds(10), Verdict.FAIL)).isTrue();
        assertThat(strip.add(NOON.plusSeconds(20), Verdict.PASS)).isFalse();
        strip.add(NOON.plusSeconds(300), Verdict.PASS);
        assertThat(strip.runs(Span.DAY, NOON.plusSeconds(310)))
                .containsExactly(new Run(0, 286, null), new Run(286, 1, Verdict.FAIL), new Run(287, 1, Verdict.PASS));
        assertThat(strip.runs(Span.MONTH, NOON.plusSeconds(310)))
                .containsExactly(new Run(0, 359, null), new Run(359, 1, Verdict.FAIL));
    }

    @Test
    void aGapIsNotWhatWasThereBefore() {
        strip.add(NOON, Verdict.PASS);
        strip.add(NOON.plusSeconds(1200), Verdict.PASS);
        assertThat(strip.runs(Span.DAY, NOON.plusSeconds(1500)))
                .containsExactly(
                        new Run(0, 282, null),
                        new Run(282, 1, Verdict.PASS),
                        new Run(283, 3, null),
                        new Run(286, 1, Verdict.PASS),
                        new Run(287, 1, null));
    }

    @Test
    void whatIsOlderThanTheSpanIsGone() {
        strip.add(NOON, Verdict.FAIL);
        assertThat(strip.runs(Span.DAY, NOON.plusSeconds(86_400))).containsExactly(new Run(0, 288, null));
        strip.add(NOON.plusSeconds(86_400 * 3), Verdict.PASS);
        assertThat(strip.runs(Span.DAY, NOON.plusSeconds(86_400 * 3)))
                .containsExactly(new Run(0, 287, null), new Run(287, 1, Verdict.PASS));
        assertThat(strip.runs(Span.MONTH, NOON.plusSeconds(86_400 * 3))).hasSize(4);
        assertThat(strip.over(NOON.plusSeconds(86_400 * 32))).isFalse();
        assertThat(strip.over(NOON.plusSeconds(86_400 * 34))).isTrue();
    }

    @Test
    void readsWhatItWrote() {
        Random random = new Random(1);
        Instant at = NOON;
        for (int i = 0; i < 2000; i++) {
            at = at.plusSeconds(random.nextInt(900));
            strip.add(at, List.of(Verdict.values()).get(random.nextInt(4)));
        }
        VerdictStrip read = VerdictStrip.read(strip.write());
        for (Span span : Span.values()) {
            assertThat(read.runs(span, at)).isEqualTo(strip.runs(span, at));
        }
        read.add(at.plusSeconds(300), Verdict.FAIL);
        strip.add(at.plusSeconds(300), Verdict.FAIL);
        assertThat(read.write()).isEqualTo(strip.write());
    }

    @Test
    void isSmallAsLongAsNothingChanges() {
        Instant at = NOON;
        for (int i = 0; i < 9000; i++) {
            at = at.plusSeconds(300);
            strip.add(at, Verdict.PASS);
        }
        assertThat(strip.write()).hasSizeLessThan(20);
    }

    @Test
    void damagedBytesAreAnEmptyStrip() {
        strip.add(NOON, Verdict.FAIL);
        byte[] written = strip.write();
        Random random = new Random(7);
        for (int i = 0; i < 1000; i++) {
            byte[] damaged = written.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            assertThat(VerdictStrip.read(damaged).runs(Span.DAY, NOON)).isNotEmpty();
        }
        assertThat(VerdictStrip.read(new byte[0]).runs(Span.DAY, NOON)).containsExactly(new Run(0, 288, null));
    }
}
