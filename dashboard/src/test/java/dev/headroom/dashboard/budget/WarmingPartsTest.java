package dev.headroom.dashboard.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.Sender;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.TimeRange;
import dev.headroom.dashboard.store.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WarmingPartsTest {
    private static final Instant END = Instant.parse("2026-11-22T12:00:00Z");
    private static final TimeRange PART = new TimeRange(END.minusSeconds(300), END.minusSeconds(240));
    private static final Origin ALL = new Origin("shop", "", Map.of());
    private static final SeriesKey GETS = new SeriesKey("cache.gets", Map.of("cache", "c"));

    private final WarmingParts parts = new WarmingParts();
    private int reads;

    @Test
    void addsUpJvmsAndReadsOnce() {
        assertThat(read(PART, PART.to())).containsExactly(new Sighting(GETS, ALL, new Value.Sum(5)));
        assertThat(read(PART, PART.to())).containsExactly(new Sighting(GETS, ALL, new Value.Sum(5)));

        assertThat(reads).isEqualTo(1);
    }

    @Test
    void readsAnewAfterSomethingArrivedThatBeganBeforeItsEnd() {
        read(PART, PART.to());
        parts.arrived(batch(PART.to().minusMillis(1)));
        read(PART, PART.to());

        assertThat(reads).isEqualTo(2);
    }

    @Test
    void keepsWhatLaterWindowsDoNotTouch() {
        read(PART, PART.to());
        parts.arrived(batch(PART.to()));
        read(PART, PART.to());

        assertThat(reads).isEqualTo(1);
    }

    @Test
    void keepsNoPartThatIsStillGrowing() {
        TimeRange young = TimeRange.upTo(END.minusSeconds(30), Duration.ofSeconds(60));
        read(young, young.to());
        read(young, young.to());

        assertThat(reads).isEqualTo(2);
    }

    @Test
    void aReadingThatEndsLaterIsKeptOnceArrivalsAreWatchedUpToItsEnd() {
        Instant later = PART.to().plusSeconds(10);
        read(PART, later);
        read(PART, later);
        read(PART, later);
        assertThat(reads).isEqualTo(2);

        parts.arrived(batch(PART.to().plusSeconds(5)));
        read(PART, later);
        assertThat(reads).isEqualTo(3);
    }

    @Test
    void otherJvmsWarmingAreAnotherPart() {
        read(PART, PART.to());
        parts.of(PART, Set.of("b"), Set.of("cache.gets"), END, ALL, () -> found(PART.to()));

        assertThat(reads).isEqualTo(2);
    }

    private List<Sighting> read(TimeRange range, Instant end) {
        return parts.of(range, Set.of("a"), Set.of("cache.gets"), END, ALL, () -> found(end))
                .sightings();
    }

    private Lookup.Events found(Instant end) {
        reads++;
        return new Lookup.Events(
                List.of(
                        new Sighting(GETS, new Origin("shop", "b", Map.of()), new Value.Sum(2)),
                        new Sighting(GETS, new Origin("shop", "c", Map.of()), new Value.Sum(3))),
                end);
    }

    private static Batch batch(Instant start) {
        return new Batch(new Sender("shop", "d", Map.of()), null, start, start.plusSeconds(10), List.of());
    }
}
