package dev.headroom.dashboard.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.dashboard.epoch.Epoch;
import dev.headroom.dashboard.epoch.EpochBook;
import dev.headroom.dashboard.page.FixtureStore;
import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.Sender;
import dev.headroom.dashboard.store.SettingStore;
import dev.headroom.dashboard.store.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SidesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final TimeRange SHOWN = new TimeRange(NOW.minusSeconds(900), NOW);

    private final FixtureStore store = new FixtureStore();
    private final EpochBook epochs = new EpochBook(new NoSettings(), store, InstantSource.fixed(NOW));
    private final Sides sides = new Sides(store, epochs);

    @BeforeEach
    void fill() {
        store.append(List.of(window("a1", "1.0", NOW.minusSeconds(7_200)), window("b2", "2.0", NOW.minusSeconds(10))));
        epochs.add(new Epoch("clinic", Epoch.Kind.DEPLOY, "1.4.2", NOW.minusSeconds(600)));
    }

    @Test
    void takesTheTimeShownAndTheSameLengthBeforeIt() {
        Sides.Pair pair = sides.of("clinic", "", "", SHOWN, NOW);
        assertThat(pair.after().range()).isEqualTo(new TimeRange(SHOWN.from(), NOW.minusSeconds(6)));
        assertThat(pair.before().range().to()).isEqualTo(SHOWN.from());
        assertThat(pair.before().range().length())
                .isEqualTo(pair.after().range().length());
        assertThat(sides.of("clinic", "day", "", SHOWN, NOW).before().range().from())
                .isEqualTo(SHOWN.from().minus(Duration.ofDays(1)));
    }

    @Test
    void standsBeforeAndAfterADeployWithoutTheFirstMinute() {
        Sides.Pair pair = sides.of("clinic", "before:1.4.2", "", SHOWN, NOW);
        assertThat(pair.before().range()).isEqualTo(TimeRange.upTo(NOW.minusSeconds(600), SHOWN.length()));
        assertThat(pair.after().range()).isEqualTo(new TimeRange(NOW.minusSeconds(540), NOW.minusSeconds(6)));
        assertThat(pair.after().words()).contains("without its first minute");
    }

    @Test
    void findsTheLastTimeOfAVersionAndTheOtherVersion() {
        Sides.Pair pair = sides.of("clinic", "version:1.0", "", SHOWN, NOW);
        assertThat(pair.before().range().to()).isEqualTo(NOW.minusSeconds(7_200));
        assertThat(pair.before().version()).isEqualTo("1.0");
        assertThat(pair.after().version()).isEqualTo("2.0");
    }

    @Test
    void readsTimesAndSaysWhatIsWrongWithThem() {
        Sides.Pair pair = sides.of(
                "clinic",
                "2026-11-22T08:00:00Z/2026-11-22T08:10:00Z",
                "1795338600000/2026-11-22T09:20:00Z",
                SHOWN,
                NOW);
        assertThat(pair.before().range().length()).isEqualTo(Duration.ofMinutes(10));
        assertThat(pair.after().range().from()).isEqualTo(Instant.ofEpochMilli(1_795_338_600_000L));
        for (String wrong :
                List.of("x", "a/b", "2026-11-22T08:10:00Z/2026-11-22T08:00:00Z", "before:9.9", "version:9")) {
            assertThatThrownBy(() -> sides.of("clinic", wrong, "", SHOWN, NOW))
                    .as(wrong)
                    .isInstanceOf(WrongSideException.class)
                    .hasMessageContaining("expected");
        }
    }

    private static Batch window(String instance, String version, Instant end) {
        return new Batch(
                new Sender("clinic", instance, Map.of("service.version", version)),
                new Batch.Cursor("m", 1),
                end.minusSeconds(1_800),
                end,
                List.of());
    }

    /** Nothing is kept. */
    private static final class NoSettings implements SettingStore {
        @Override
        public Map<String, String> settings(String kind) {
            return Map.of();
        }

        @Override
        public void put(String kind, String name, String value) {}

        @Override
        public void remove(String kind, String name) {}
    }
}
