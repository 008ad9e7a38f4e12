package dev.headroom.dashboard.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RightOfWayTest {
    private static final long FAR = TimeUnit.HOURS.toNanos(1);

    private final AtomicLong now =
            new AtomicLong(Long.MAX_VALUE - FAR); // as nanoTime may: it passes the largest number
    private final RightOfWay way = new RightOfWay(now::get);

    @Test
    void nobodyWaitsWhileNobodyClaims() {
        way.giveWay();

        assertThat(waits()).isFalse();
    }

    @Test
    void workWaitsUntilTheClaimEnds() throws Exception {
        RightOfWay.Claim claim = way.claim();
        now.addAndGet(-FAR); // so that no slow machine ends the wait
        Thread worker = new Thread(way::giveWay);
        worker.start();
        awaitWaiting(worker);

        claim.end();
        worker.join();

        assertThat(waits()).isFalse();
    }

    @Test
    void workWaitsNoLongerThanTheLongest() {
        RightOfWay.Claim claim = way.claim();
        pass(RightOfWay.LONGEST);

        way.giveWay();

        claim.end();
    }

    @Test
    void asLongAsOneClaimLastedTheNextClaimsNothing() {
        RightOfWay.Claim first = way.claim();
        pass(Duration.ofMillis(80));
        first.end();

        pass(Duration.ofMillis(79));
        RightOfWay.Claim soon = way.claim();
        assertThat(waits()).isFalse();
        soon.end();

        pass(Duration.ofMillis(1));
        RightOfWay.Claim later = way.claim();
        assertThat(waits()).isTrue();
        later.end();
    }

    @Test
    void theEndOfAClaimThatClaimedNothingEndsNothing() {
        RightOfWay.Claim first = way.claim();
        RightOfWay.Claim second = way.claim();
        second.end();

        assertThat(waits()).isTrue();

        first.end();
        first.end();
        assertThat(waits()).isFalse();
    }

    @Test
    void aClaimThatNeverEndsIsFollowedByTheNext() {
        RightOfWay.Claim forgotten = way.claim();
        pass(RightOfWay.LONGEST);

        RightOfWay.Claim next = way.claim();
        assertThat(waits()).isTrue();
        forgotten.end();
        assertThat(waits()).isTrue();

        next.end();
        assertThat(waits()).isFalse();
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private boolean waits() {
        return way.held();
    }

    private static void awaitWaiting(Thread worker) throws InterruptedException {
        while (worker.getState() != Thread.State.TIMED_WAITING) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }
}
