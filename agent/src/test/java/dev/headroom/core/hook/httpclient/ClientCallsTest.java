package dev.headroom.core.hook.httpclient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.record.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClientCallsTest {
    private final StillClock clock = new StillClock();
    private final Recorder recorder = new Recorder(clock, 1_000);
    private final ClientCalls calls = new ClientCalls(recorder, "test");

    private final Object key = new Object();
    private final Object other = new Object();

    private List<Window.Entry> recorded() {
        return recorder.rotate(0, 1).entries().stream()
                .filter(entry -> entry.metric() == Metric.HTTP_CLIENT_DURATION)
                .toList();
    }

    private static String attribute(Window.Entry entry, Attribute attribute) {
        return entry.attributes().toMap().get(attribute.key());
    }

    @Test
    void aCallLastsUntilItsReplyIsComplete() {
        calls.begin(key, "shop", "GET");
        clock.advance(20, TimeUnit.MILLISECONDS);
        calls.headers(key, 200);
        assertThat(recorded()).isEmpty();
        clock.advance(30, TimeUnit.MILLISECONDS);
        calls.end(key, null);

        assertThat(recorded()).singleElement().satisfies(entry -> {
            assertThat(entry.histogram().count()).isEqualTo(1);
            assertThat(entry.histogram().min()).isEqualTo(0.05);
            assertThat(attribute(entry, Attribute.SERVER_ADDRESS)).isEqualTo("shop");
            assertThat(attribute(entry, Attribute.SERVER_PORT)).isEqualTo("80");
            assertThat(attribute(entry, Attribute.HTTP_STATUS)).isEqualTo("200");
            assertThat(attribute(entry, Attribute.ERROR_TYPE)).isNull();
        });
        assertThat(calls.size()).isZero();
    }

    /** A client's timer gives a call up in the moment in which its reply is complete. */
    @Test
    void aCallThatTwoThreadsEndIsRecordedOnce() throws Exception {
        int rounds = 20_000;
        ExecutorService threads = Executors.newFixedThreadPool(2);
        CyclicBarrier together = new CyclicBarrier(2);
        List<Future<?>> ends = new ArrayList<>();
        ends.add(threads.submit(() -> {
            for (int i = 0; i < rounds; i++) {
                calls.begin(key, "shop", "GET");
                calls.alias(key, other);
                together.await();
                calls.end(key, null);
                together.await();
            }
            return null;
        }));
        ends.add(threads.submit(() -> {
            for (int i = 0; i < rounds; i++) {
                together.await();
                calls.endByAlias(other, ClientCalls.CANCELLED);
                together.await();
            }
            return null;
        }));
        for (Future<?> each : ends) {
            each.get();
        }
        threads.shutdown();

        assertThat(recorded().stream()
                        .mapToLong(entry -> entry.histogram().count())
                        .sum())
                .isEqualTo(rounds);
        assertThat(calls.size()).isZero();
    }

    @Test
    void onlyTheFirstEndCounts() {
        calls.begin(key, "shop", "GET");
        calls.end(key, "x.Refused");
        calls.end(key, null);
        calls.headers(key, 200);

        assertThat(recorded()).singleElement().satisfies(entry -> {
            assertThat(entry.histogram().count()).isEqualTo(1);
            assertThat(attribute(entry, Attribute.ERROR_TYPE)).isEqualTo("x.Refused");
        });
    }

    @Test
    void aStatusMayComeAfterTheEnd() {
        calls.begin(key, "shop", "GET");
        calls.endOrAwaitStatus(key);
        assertThat(recorded()).isEmpty();
        calls.headers(key, 204);

        assertThat(recorded())
                .singleElement()
                .satisfies(entry ->
                        assertThat(attribute(entry, Attribute.HTTP_STATUS)).isEqualTo("204"));
    }

    @Test
    void anotherObjectMayStandForTheRest() {
        calls.begin(key, "shop", "GET");
        calls.follow(key, OpenCalls.identity(other));
        calls.end(key, "x.Wrong");
        calls.headers(other, 200);
        clock.advance(5, TimeUnit.MILLISECONDS);
        calls.end(other, null);

        assertThat(recorded())
                .singleElement()
                .satisfies(entry -> assertThat(entry.histogram().min()).isEqualTo(0.005));
    }

    @Test
    void anAliasEndsTheCallItWasNamedForAndNothingAfterwards() {
        calls.begin(key, "shop", "GET");
        calls.alias(key, other);
        calls.endByAlias(other, ClientCalls.CANCELLED);
        calls.begin(key, "shop", "GET");
        calls.endByAlias(other, "x.Wrong");
        calls.end(key, null);

        assertThat(recorded())
                .extracting(entry -> attribute(entry, Attribute.ERROR_TYPE))
                .containsExactlyInAnyOrder(ClientCalls.CANCELLED, null);
    }

    @Test
    void aReplyThatNobodyEndsIsRecordedAfterAMinuteWithTheTimeToItsHeaders() {
        calls.begin(key, "shop", "GET");
        clock.advance(20, TimeUnit.MILLISECONDS);
        calls.headers(key, 200);
        assertThat(recorded()).isEmpty();
        clock.advance(59, TimeUnit.SECONDS);
        assertThat(recorded()).isEmpty();
        clock.advance(1, TimeUnit.SECONDS);

        assertThat(recorded())
                .singleElement()
                .satisfies(entry -> assertThat(entry.histogram().min()).isEqualTo(0.02));
        assertThat(calls.size()).isZero();
    }

    @Test
    void aCallWithoutAnswerIsGivenUpAfterAnHour() {
        calls.begin(key, "shop", "GET");
        assertThat(recorded()).isEmpty();
        clock.advance(59, TimeUnit.MINUTES);
        assertThat(recorded()).isEmpty();
        clock.advance(1, TimeUnit.MINUTES);

        assertThat(recorded())
                .singleElement()
                .satisfies(entry ->
                        assertThat(attribute(entry, Attribute.ERROR_TYPE)).isEqualTo(ClientCalls.UNANSWERED));
    }

    @Test
    void thousandsAreOpenAtOnceAndEachEndsOnce() throws Exception {
        int threads = 4;
        int each = 2_000;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch begun = new CountDownLatch(threads);
            List<Future<?>> done = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                done.add(pool.submit(() -> {
                    List<Object> keys = new ArrayList<>();
                    for (int i = 0; i < each; i++) {
                        Object own = new Object();
                        keys.add(own);
                        assertThat(calls.begin(own, "shop", "GET")).isNotNull();
                    }
                    begun.countDown();
                    begun.await();
                    for (Object own : keys) {
                        calls.headers(own, 200);
                        calls.end(own, null);
                    }
                    return null;
                }));
            }
            for (Future<?> one : done) {
                one.get(60, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(recorded())
                .singleElement()
                .satisfies(entry -> assertThat(entry.histogram().count()).isEqualTo((long) threads * each));
        assertThat(calls.size()).isZero();
    }

    /** Stands until it is moved. */
    private static final class StillClock implements Clock {
        private final AtomicLong nanos = new AtomicLong(1);

        void advance(long amount, TimeUnit unit) {
            nanos.addAndGet(unit.toNanos(amount));
        }

        @Override
        public long wallMillis() {
            return nanos.get() / 1_000_000;
        }

        @Override
        public long nanos() {
            return nanos.get();
        }
    }
}
