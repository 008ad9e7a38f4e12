package dev.headroom.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequestPartsTest {
    private static final CallStack.Kind SQL = CallStack.Kind.SQL;
    private static final CallStack.Kind HTTP = CallStack.Kind.HTTP_CLIENT;
    private final RequestParts parts = new RequestParts();

    @Test
    void callsOneAfterAnotherAreWhatTheyTook() {
        parts.add(SQL, 100, 10);
        parts.add(HTTP, 110, 30);
        parts.add(SQL, 150, 5);
        assertThat(parts.calls(SQL)).isEqualTo(2);
        assertThat(parts.nanos(SQL, 100)).isEqualTo(15);
        assertThat(parts.nanos(HTTP, 100)).isEqualTo(30);
        assertThat(parts.nanos(CallStack.Kind.REDIS, 100)).isZero();
    }

    @Test
    void timeThatCallsShareCountsOnce() {
        parts.add(SQL, 0, 40);
        parts.add(HTTP, 0, 60);
        assertThat(parts.nanos(SQL, 100)).isEqualTo(24);
        assertThat(parts.nanos(HTTP, 100)).isEqualTo(36);
    }

    /** The longer one began earlier and ended later. */
    @Test
    void aCallAroundAnotherOneIsTheirTime() {
        parts.add(SQL, 20, 10);
        parts.add(HTTP, 0, 50);
        assertThat(parts.nanos(SQL, 100) + parts.nanos(HTTP, 100)).isBetween(49L, 50L);
    }

    @Test
    void noPartIsLongerThanTheRequest() {
        RequestParts others = new RequestParts();
        others.add(HTTP, 0, 90);
        parts.add(SQL, 0, 90);
        parts.addAll(others);
        assertThat(parts.nanos(SQL, 100)).isEqualTo(50);
        assertThat(parts.nanos(HTTP, 100)).isEqualTo(50);
    }

    @Test
    void clockReadingsMayPassTheLargestNumber() {
        parts.add(SQL, Long.MAX_VALUE - 5, 10);
        parts.add(SQL, Long.MIN_VALUE + 10, 10);
        assertThat(parts.nanos(SQL, 100)).isEqualTo(20);
    }

    @Test
    void usedAgainItIsEmpty() {
        parts.add(SQL, 0, 40);
        parts.clear();
        assertThat(parts.calls(SQL)).isZero();
        assertThat(parts.nanos(SQL, 100)).isZero();
    }
}
