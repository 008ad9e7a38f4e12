package dev.headroom.dashboard.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.store.Delivered.Arrival;
import dev.headroom.dashboard.store.Delivered.Span;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DeliveredTest {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private static Instant at(long seconds) {
        return START.plusSeconds(seconds);
    }

    /** Seconds from the start. */
    private static Delivered window(Delivered before, long from, long to, long sentAt, int windows) {
        return before.plus(at(from), at(to), new Delivery(at(sentAt), at(sentAt), INTERVAL, windows, false));
    }

    private static Span span(long from, long to, Arrival arrival) {
        return new Span(at(from).toEpochMilli(), at(to).toEpochMilli(), arrival);
    }

    @Test
    void isOneSpanForAHealthyJvmHoweverLongItLives() {
        Delivered delivered = Delivered.NOTHING;
        for (int i = 0; i < 10_000; i++) {
            delivered = window(delivered, 5L * i, 5L * i + 5, 5L * i + 6, 1);
        }

        assertThat(delivered.spans()).containsExactly(span(0, 50_000, Arrival.IN_TIME));
        assertThat(delivered.batches()).isEqualTo(10_000);
        assertThat(delivered.merged()).isZero();
        assertThat(delivered.holes()).isZero();
    }

    @Test
    void tellsWhatCameLateFromWhatWasMergedAndWhatNeverCame() {
        Delivered delivered = window(Delivered.NOTHING, 0, 5, 6, 1);
        delivered = window(delivered, 5, 10, 300, 1);
        delivered = window(delivered, 10, 60, 300, 10);
        delivered = window(delivered, 70, 75, 76, 1);

        assertThat(delivered.spans())
                .containsExactly(span(0, 5, Arrival.IN_TIME), span(5, 60, Arrival.LATE), span(70, 75, Arrival.IN_TIME));
        assertThat(delivered.holes()).isEqualTo(Duration.ofSeconds(10));
        assertThat(delivered.merged()).isEqualTo(9);
        assertThat(delivered.lateBatches()).isEqualTo(2);
    }

    @Test
    void countsNoTimeTwiceAfterAClockWasSetBack() {
        Delivered delivered = window(Delivered.NOTHING, 0, 100, 101, 1);
        delivered = window(delivered, 40, 45, 46, 1);
        delivered = window(delivered, 95, 110, 400, 1);

        assertThat(delivered.spans()).containsExactly(span(0, 100, Arrival.IN_TIME), span(100, 110, Arrival.LATE));
    }

    @Test
    void staysSmallAndNeverLooksCompleteWhereSomethingIsMissing() {
        Delivered delivered = Delivered.NOTHING;
        for (int i = 0; i < 1_000; i++) {
            delivered = window(delivered, 10L * i, 10L * i + 5, 10L * i + 6, 1);
        }

        assertThat(delivered.spans()).hasSize(Delivered.MAX_SPANS);
        assertThat(delivered.spans().get(0).arrival()).isEqualTo(Arrival.MISSING);
        assertThat(delivered.begin()).isEqualTo(START);
        assertThat(delivered.end()).isEqualTo(at(9_995));
    }

    @Test
    void takesTheLeastDelayedBatchForTheClock() {
        Delivered delivered = Delivered.NOTHING;
        for (int i = 0; i < 20; i++) {
            // An hour ahead; the way takes between 3 and 60 ms.
            Instant arrived = at(5L * i);
            Instant sent = arrived.plus(Duration.ofHours(1)).minusMillis(3 + (i * 7) % 58);
            delivered = delivered.plus(at(i), at(i + 1), new Delivery(arrived, sent, INTERVAL, 1, false));
        }

        assertThat(delivered.clock().ahead())
                .isBetween(
                        Duration.ofHours(1).minusMillis(10), Duration.ofHours(1).minusMillis(3));
        assertThat(Delivered.NOTHING.clock().ahead()).isNull();
    }

    @Test
    void knowsASenderThatTookLeave() {
        Delivered delivered = Delivered.NOTHING.plus(at(0), at(5), new Delivery(at(5), at(5), INTERVAL, 1, true));

        assertThat(delivered.ended()).isTrue();
        assertThat(window(delivered, 5, 10, 11, 1).ended()).isFalse();
    }
}
