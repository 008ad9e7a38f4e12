package dev.headroom.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RequestScopeTest {
    private final RequestScope request = new RequestScope();

    @Test
    void aPageThatLoadsItsRowsOneByOneRepeatsOneShape() {
        request.begin();
        request.read(1);
        for (int i = 0; i < 20; i++) {
            request.read(2);
        }
        assertThat(request.statements()).isEqualTo(21);
        assertThat(request.repeatedReads()).isEqualTo(20);
        assertThat(request.repeatedWrites()).isZero();
    }

    @Test
    void shapesThatAlternateAreCountedApart() {
        request.begin();
        for (int i = 0; i < 5; i++) {
            request.read(1);
            request.write(2);
            request.statement();
            request.write(3);
        }
        request.write(3);
        assertThat(request.statements()).isEqualTo(21);
        assertThat(request.writes()).isEqualTo(11);
        assertThat(request.repeatedReads()).isEqualTo(5);
        assertThat(request.repeatedWrites()).isEqualTo(6);
    }

    @Test
    void nothingRepeatsWhereEveryShapeRunsOnce() {
        request.begin();
        for (int i = 0; i < ShapeRuns.MAX_SHAPES; i++) {
            request.read(i);
        }
        assertThat(request.repeatedReads()).isEqualTo(1);
        request.read(ShapeRuns.MAX_SHAPES);
        request.read(ShapeRuns.MAX_SHAPES);
        assertThat(request.repeatedReads()).as("the cap keeps it out").isEqualTo(1);
        request.read(0);
        assertThat(request.repeatedReads()).isEqualTo(2);
        assertThat(request.statements()).isEqualTo(ShapeRuns.MAX_SHAPES + 3);
    }

    @Test
    void aMissNearbyThatACacheBehindItAnswersIsNone() {
        request.begin();
        request.near(false);
        request.cache(true);
        request.near(true);
        assertThat(request.cacheHits()).isEqualTo(2);
        assertThat(request.cacheMisses()).isZero();

        request.near(false);
        request.read(1);
        request.cache(true);
        assertThat(request.cacheMisses()).as("the statement came first").isEqualTo(1);

        request.near(false);
        request.cache(false);
        assertThat(request.cacheMisses()).as("neither has it").isEqualTo(3);
        request.begin();
        assertThat(request.cacheMisses()).isZero();
    }

    @Test
    void theNextRequestBeginsAtZero() {
        request.begin();
        request.read(1);
        request.read(1);
        request.connectionOpened();
        request.end();
        request.begin();
        assertThat(request.statements()).isZero();
        assertThat(request.repeatedReads()).isZero();
        assertThat(request.connectionsOpened()).isZero();
        request.read(1);
        assertThat(request.repeatedReads()).isEqualTo(1);
    }

    @Test
    void aThreadServesARequestUntilItLeavesIt() {
        CallStack stack = CallStack.current();
        request.begin();
        stack.serve(request);
        stack.request().read(1);
        RequestScope other = new RequestScope();
        stack.leave(other);
        assertThat(stack.request()).isSameAs(request);
        stack.leave(request);
        assertThat(stack.request()).isNotSameAs(request);
        assertThat(stack.request().active()).isFalse();
        assertThat(request.statements()).isEqualTo(1);
    }

    @Test
    void whatOtherThreadsDidIsInTheAccountAtItsEnd() throws InterruptedException {
        request.begin();
        request.read(1);
        request.write(2);
        RequestScope elsewhere = request.elsewhere();
        Thread[] threads = new Thread[4];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(() -> {
                for (int k = 0; k < 1_000; k++) {
                    elsewhere.read(1);
                    elsewhere.write(3);
                    elsewhere.cache(true);
                }
                elsewhere.connectionOpened();
                elsewhere.route("/pets/{id}");
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        request.gather();
        assertThat(request.statements()).isEqualTo(8_002);
        assertThat(request.writes()).isEqualTo(4_001);
        assertThat(request.repeatedReads()).isEqualTo(4_001);
        assertThat(request.repeatedWrites()).isEqualTo(4_000);
        assertThat(request.cacheHits()).isEqualTo(4_000);
        assertThat(request.connectionsOpened()).isEqualTo(4);
        assertThat(request.route()).isEqualTo("/pets/{id}");
    }

    @Test
    void aTaskThatOutlivesItsRequestCountsForNobody() {
        request.begin();
        RequestScope late = request.elsewhere();
        assertThat(late.elsewhere()).isSameAs(late);
        request.gather();
        request.begin();
        late.read(1);
        late.route("/late");
        request.gather();
        assertThat(request.statements()).isZero();
        assertThat(request.route()).isNull();
        assertThat(late.active()).isFalse();
        assertThat(late.elsewhere()).isNull();
    }

    @Test
    void outsideARequestNothingIsHandedOver() {
        assertThat(request.elsewhere()).isNull();
        request.begin();
        request.end();
        assertThat(request.elsewhere()).isNull();
    }

    @Test
    void itsTraceGoesWithItsOtherThreadsAndNotWithTheNextRequest() {
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        request.begin();
        request.traceParent(trace);
        RequestScope elsewhere = request.elsewhere();
        assertThat(elsewhere).isNotNull();
        assertThat(elsewhere.traceParent()).isEqualTo(trace);
        request.end();
        request.forget();
        assertThat(request.traceParent()).isNull();
        request.begin();
        for (String other :
                List.of("anything", trace + "\r\nCookie: else", trace.replace("f067", "F067"), trace + "-more")) {
            request.traceParent(other);
            assertThat(request.traceParent())
                    .as("only what the W3C's form allows is handed on")
                    .isNull();
        }
    }
}
