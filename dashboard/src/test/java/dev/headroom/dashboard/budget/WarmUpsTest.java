package dev.headroom.dashboard.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.store.Instance;
import dev.headroom.dashboard.store.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WarmUpsTest {
    private static final Instant END = Instant.parse("2026-11-21T12:00:05Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void oldJvmsLeaveARangeWhole() {
        TimeRange range = TimeRange.upTo(END, Duration.ofMinutes(5));
        assertThat(WarmUps.parts(range, MINUTE, List.of(jvm("old", END.minusSeconds(3_600), END))))
                .containsExactly(new WarmUps.Part(range, Set.of(), false));
    }

    @Test
    void onlyThePartInWhichAJvmWarmsUpIsReadApart() {
        TimeRange range = TimeRange.upTo(END, Duration.ofMinutes(15));
        Instant began = Instant.parse("2026-11-21T11:50:03Z");
        List<WarmUps.Part> parts = WarmUps.parts(
                range, MINUTE, List.of(jvm("old", END.minusSeconds(7_200), END), jvm("young", began, END)));

        assertThat(parts).extracting(WarmUps.Part::warming).containsExactly(Set.of(), Set.of("young"), Set.of());
        assertThat(parts.get(1).range())
                .isEqualTo(new TimeRange(Instant.parse("2026-11-21T11:49:00Z"), Instant.parse("2026-11-21T11:51:10Z")));
        assertThat(parts).noneMatch(WarmUps.Part::empty);
    }

    @Test
    void longAgoCutsLieOnWholeMinutes() {
        TimeRange range = TimeRange.upTo(END, Duration.ofHours(6));
        Instant began = Instant.parse("2026-11-21T08:00:03Z");
        assertThat(WarmUps.parts(range, MINUTE, List.of(jvm("young", began, END)))
                        .get(1)
                        .range())
                .isEqualTo(new TimeRange(Instant.parse("2026-11-21T07:59:00Z"), Instant.parse("2026-11-21T08:02:00Z")));
    }

    @Test
    void nobodyIsReadWhereEverybodyWarmsUp() {
        TimeRange range = TimeRange.upTo(END, Duration.ofMinutes(5));
        List<WarmUps.Part> parts = WarmUps.parts(
                range, MINUTE, List.of(jvm("a", END.minusSeconds(20), END), jvm("b", END.minusSeconds(20), END)));
        assertThat(parts.get(parts.size() - 1).empty()).isTrue();
        assertThat(parts.get(parts.size() - 1).warming()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void whoBeginsLaterIsNotLookedForWhereTheFirstBegan() {
        TimeRange range = TimeRange.upTo(END, Duration.ofMinutes(5));
        List<WarmUps.Part> parts = WarmUps.parts(
                range, MINUTE, List.of(jvm("a", END.minusSeconds(200), END), jvm("b", END.minusSeconds(180), END)));

        assertThat(parts.get(0)).isEqualTo(new WarmUps.Part(parts.get(0).range(), Set.of(), true));
        assertThat(parts.get(1).warming()).containsExactly("a");
        assertThat(parts.get(1).empty()).isTrue();
        assertThat(parts.get(2).warming()).containsExactlyInAnyOrder("a", "b");
        assertThat(parts.get(2).empty()).isTrue();
        assertThat(parts.get(3).warming()).containsExactly("b");
        assertThat(parts.get(3).empty()).isFalse();
    }

    @Test
    void partsFollowEachOtherWithoutAGapAndLeaveNobodyOutOnceWarm() {
        Random random = new Random(4);
        for (int round = 0; round < 200; round++) {
            TimeRange range = TimeRange.upTo(END, Duration.ofMinutes(5 + random.nextInt(400)));
            List<Instance> jvms = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                jvms.add(jvm("jvm-" + i, END.minusSeconds(random.nextInt(30_000)), END));
            }
            List<WarmUps.Part> parts = WarmUps.parts(range, MINUTE, jvms);
            Instant at = range.from();
            for (WarmUps.Part part : parts) {
                assertThat(part.range().from()).isEqualTo(at);
                at = part.range().to();
                for (Instance jvm : jvms) {
                    Instant warm = jvm.firstReport().plus(MINUTE);
                    if (part.warming().contains(jvm.instance())) {
                        assertThat(part.range().from()).isBefore(warm.plus(MINUTE));
                    } else {
                        assertThat(part.range().to().isAfter(jvm.firstReport())
                                        && part.range().from().isBefore(warm))
                                .isFalse();
                    }
                }
            }
            assertThat(at).isEqualTo(range.to());
        }
    }

    private static Instance jvm(String id, Instant first, Instant last) {
        return new Instance("shop", id, Map.of(), first, last, 1, 0, 0);
    }
}
