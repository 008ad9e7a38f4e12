package dev.headroom.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.control.Switches;
import dev.headroom.core.hook.Probe;
import dev.headroom.core.record.Call;
import dev.headroom.core.record.CallStack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A probe that fails leaves no call open on its thread: calls inside would never be counted again. */
class AbandonedCallsTest {
    private static final int TIMES = 10_000;

    private enum Place {
        BEFORE_BEGIN,
        AFTER_BEGIN,
        MARK,
        BEFORE_END,
        AFTER_END
    }

    /** Opens a call as hooks do, and throws at one place. */
    private static final class Failing extends Probe {
        private final Place place;
        private int failures;

        Failing(Place place) {
            this.place = place;
        }

        private void fail(Place here) {
            if (here == place) {
                failures++;
                if (failures % 2 == 0) {
                    throw new StackOverflowError();
                }
                throw new IllegalStateException();
            }
        }

        @Override
        public Object enter(Object self, Object a, Object b) {
            fail(Place.BEFORE_BEGIN);
            CallStack stack = CallStack.current();
            if (stack.inside(CallStack.Kind.SQL)) {
                return null;
            }
            Call call = stack.begin(CallStack.Kind.SQL, null, 0);
            fail(Place.AFTER_BEGIN);
            return call;
        }

        @Override
        public void mark(Object self, long value) {
            fail(Place.MARK);
        }

        @Override
        public void exit(Object token, Object result, Throwable thrown) {
            fail(Place.BEFORE_END);
            ((Call) token).end(1, null);
            fail(Place.AFTER_END);
        }
    }

    private static void callThrough(Dispatcher dispatcher) {
        Object token = dispatcher.enter(0, "self", null, null);
        dispatcher.mark(0, token, 1);
        if (token != null) {
            dispatcher.exit(0, token, null, null);
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void nothingStaysOpenWhereverAProbeThrows(Place place) {
        CallStack stack = CallStack.current();
        for (int i = 0; i < TIMES; i++) {
            Failing probe = new Failing(place);
            Dispatcher dispatcher = new Dispatcher(new Probe[] {probe}, number -> "failing", new Switches());
            callThrough(dispatcher);
            assertThat(probe.failures).isEqualTo(1);
            assertThat(stack.depth()).isZero();
            assertThat(stack.inside(CallStack.Kind.SQL)).isFalse();
        }
    }

    @Test
    void aCallAroundTheFailureStillEndsWithItsOwnTime() {
        CallStack stack = CallStack.current();
        Call outer = stack.begin(CallStack.Kind.HTTP_SERVER, null, 7);
        callThrough(new Dispatcher(new Probe[] {new Failing(Place.AFTER_BEGIN)}, number -> "failing", new Switches()));
        Call next = stack.begin(CallStack.Kind.SQL, null, 9);
        assertThat(next).isNotSameAs(outer);
        assertThat(outer.startNanos()).isEqualTo(7);
        next.end(10, null);
        outer.end(11, null);
        assertThat(stack.depth()).isZero();
    }

    /** The application's own recursion runs out of stack, with calls on the way down: some fail inside the agent. */
    @Test
    void nothingStaysOpenWhenTheStackRunsOut() throws Exception {
        int[] result = {0, -1};
        Thread small = new Thread(
                null,
                () -> {
                    for (int i = 0; i < 200; i++) {
                        Dispatcher dispatcher =
                                new Dispatcher(new Probe[] {new Failing(null)}, number -> "sound", new Switches());
                        try {
                            descend(dispatcher);
                        } catch (StackOverflowError expected) {
                            result[0]++;
                        }
                    }
                    result[1] = CallStack.current().depth();
                },
                "small stack",
                256 * 1024);
        small.start();
        small.join();
        assertThat(result).containsExactly(200, 0);
    }

    private static void descend(Dispatcher dispatcher) {
        Object token = null;
        try {
            token = dispatcher.enter(0, "self", null, null);
        } catch (Throwable suppressedByAdvice) {
            token = null;
        }
        try {
            descend(dispatcher);
        } finally {
            if (token != null) {
                try {
                    dispatcher.exit(0, token, null, null);
                } catch (Throwable suppressedByAdvice) {
                    token = null;
                }
            }
        }
    }
}
