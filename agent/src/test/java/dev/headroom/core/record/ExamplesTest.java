package dev.headroom.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.control.Detail;
import dev.headroom.core.control.Switches;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExamplesTest {
    private static final long MILLI = 1_000_000;

    private final Stopped clock = new Stopped();
    private final Switches switches = new Switches();
    private final Recorder recorder = new Recorder(clock, 10, switches);
    private final Examples examples = recorder.examples();
    private final DurationSeries select =
            recorder.duration(Metric.DB_DURATION, Attributes.of(Attribute.DB_OPERATION, "SELECT"));
    private final RequestScope account = new RequestScope();
    private final Finished finished = new Finished();

    @BeforeEach
    void configure() {
        examples.configure(true, 500, 200);
    }

    private void request(String route, int status, String error, long millis) {
        account.begin(examples, clock.nanos());
        end(route, status, error, millis);
    }

    private void end(String route, int status, String error, long millis) {
        clock.pass(millis);
        finished.set("GET", route, status, error, millis * MILLI);
        examples.finished(finished, account);
        account.forget();
    }

    private List<String> drained() {
        return examples.drain().stream()
                .map(example -> example.reason().word() + " " + example.route() + " " + example.nanos() / MILLI)
                .toList();
    }

    @Test
    void reasonsInTheirOrder() {
        recorder.limits(Metric.HTTP_SERVER_DURATION, new Limits(100 * MILLI, 400 * MILLI));
        request("/ok", 200, null, 10);
        request("/budget", 200, null, 101);
        account.begin(examples, clock.nanos());
        for (int i = 0; i < Examples.REPEATED; i++) {
            account.read(7);
        }
        end("/loop", 200, null, 90);
        request("/slow", 200, null, 500);
        request("/failed", 500, "java.lang.Error", 700);
        request("/gone", 200, "aborted", 10);
        assertThat(drained())
                .containsExactly(
                        "failed /failed 700",
                        "slow /slow 500",
                        "budget /budget 101",
                        "repeated /loop 90",
                        "normal /gone 10",
                        "normal /ok 10");
        assertThat(examples.passedOver()).isZero();
    }

    @Test
    void ofManyTheSlowestAndAnotherStay() {
        for (int i = 1; i <= 50; i++) {
            request("/slow", 200, null, 500 + i * 37 % 51);
        }
        List<String> kept = drained();
        assertThat(kept).hasSize(2);
        assertThat(examples.passedOver()).isEqualTo(48);
    }

    @Test
    void aRouteHasANormalOneAMinute() {
        for (int minute = 0; minute < 3; minute++) {
            for (int second = 0; second < 60; second++) {
                request("/ok", 200, null, 1);
                clock.pass(999);
            }
            assertThat(drained()).as("minute " + minute).containsExactly("normal /ok 1");
        }
        assertThat(examples.passedOver()).isZero();
    }

    @Test
    void theRateIsLimitedByRouteAndInTotal() {
        int kept = 0;
        for (int window = 0; window < 120; window++) {
            request("/slow", 200, null, 600);
            request("/slow", 200, null, 700);
            kept += drained().size();
            clock.pass(3_700);
        }
        assertThat(kept).as("6 at once and 6 a minute for ten minutes").isBetween(62, 67);
        assertThat(examples.passedOver()).isEqualTo(240 - kept);
        for (int route = 0; route < 200; route++) {
            request("/slow/" + route, 200, null, 600);
        }
        assertThat(drained().size()).isLessThanOrEqualTo(60);
    }

    @Test
    void nothingIsLoggedWhereNothingIsWanted() {
        switches.order(Detail.NO_EXAMPLES, Set.of(), Map.of());
        request("/slow", 200, null, 600);
        switches.order(Detail.ALL, Set.of(), Map.of());
        examples.receivable(false);
        request("/slow", 200, null, 600);
        examples.receivable(true);
        examples.configure(false, 500, 200);
        request("/slow", 200, null, 600);
        assertThat(drained()).isEmpty();
    }

    @Test
    void theDashboardMayOrderOtherThresholds() {
        switches.order(Detail.ALL, Set.of(), Map.of(Examples.SLOW_ORDER, 50.0, Examples.SLOW_CALL_ORDER, 20.0));
        request("/a", 200, null, 60);
        assertThat(drained()).containsExactly("slow /a 60");
        assertThat(examples.isSlowCall(20 * MILLI)).isTrue();
        assertThat(examples.isSlowCall(19 * MILLI)).isFalse();
    }

    @Test
    void aRequestsCallsWithRowsFailureAndCaller() {
        account.begin(examples, clock.nanos());
        clock.pass(10);
        account.called(CallStack.Kind.SQL, select, clock.nanos() - 4 * MILLI, 4 * MILLI, false, -1, 0, null, 0);
        account.returned(select, 3);
        account.failure("java.lang.IllegalStateException", "user jane not found");
        end("/a", 500, "java.lang.IllegalStateException", 600);
        Example example = examples.drain().get(0);
        assertThat(example.callCount()).isEqualTo(1);
        assertThat(example.call(0).startNanos()).isEqualTo(6 * MILLI);
        assertThat(example.call(0).rows()).isEqualTo(3);
        assertThat(example.message()).isEqualTo("user ? not found");
        assertThat(example.split().db).isEqualTo(4 * MILLI);
        assertThat(example.split().own).isEqualTo(596 * MILLI);
    }

    @Test
    void callsOfOtherThreadsAreTheRequestsUntilItEnds() throws InterruptedException {
        account.begin(examples, clock.nanos());
        RequestScope elsewhere = account.elsewhere();
        Thread worker = new Thread(
                () -> elsewhere.called(CallStack.Kind.SQL, select, clock.nanos(), MILLI, false, 2, 0, null, 0),
                "worker");
        worker.start();
        worker.join();
        account.gather();
        elsewhere.called(CallStack.Kind.SQL, select, clock.nanos(), MILLI, false, 2, 0, null, 0);
        end("/a", 200, null, 600);
        Example example = examples.drain().get(0);
        assertThat(example.callCount()).isEqualTo(1);
        assertThat(example.call(0).thread()).isEqualTo("worker");
        assertThat(example.call(0).rows()).isEqualTo(2);
    }

    @Test
    void aSlowCallOutsideOfRequestsIsOneByItself() {
        CallStack.current().called(CallStack.Kind.SQL, select, 0, 200 * MILLI, 5, 0, null);
        CallStack.current().called(CallStack.Kind.SQL, select, 0, 199 * MILLI, 5, 0, null);
        CallStack.current().called(CallStack.Kind.SQL, select, 0, Clock.UNTIMED, 5, 0, null);
        List<Example> kept = examples.drain();
        assertThat(kept).hasSize(1);
        assertThat(kept.get(0).isRequest()).isFalse();
        assertThat(kept.get(0).rows()).isEqualTo(5);
    }

    @Test
    void stacksAreWalkedSoOftenASecond() {
        int walks = 0;
        for (int i = 0; i < 200; i++) {
            walks += examples.mayWalk(false) ? 1 : 0;
        }
        assertThat(walks).isEqualTo(50);
        clock.pass(1_000);
        assertThat(examples.mayWalk(false)).isTrue();
    }

    /** Time that moves when a test says so. */
    private static final class Stopped implements Clock {
        private volatile long nanos;

        @Override
        public long wallMillis() {
            return 1_800_000_000_000L + nanos / MILLI;
        }

        @Override
        public long nanos() {
            return nanos;
        }

        void pass(long millis) {
            nanos += millis * MILLI;
        }
    }
}
