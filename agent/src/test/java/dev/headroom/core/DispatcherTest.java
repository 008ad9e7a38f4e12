package dev.headroom.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.control.Detail;
import dev.headroom.core.control.Switches;
import dev.headroom.core.hook.Probe;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DispatcherTest {
    private int ended;

    private final Probe sound = new Probe() {
        @Override
        public Object enter(Object self, Object a, Object b) {
            return self;
        }

        @Override
        public void exit(Object token, Object result, Throwable thrown) {
            ended++;
        }
    };

    private final Probe broken = new Probe() {
        @Override
        public Object enter(Object self, Object a, Object b) {
            throw new StackOverflowError();
        }

        @Override
        public void exit(Object token, Object result, Throwable thrown) {
            throw new IllegalStateException();
        }

        @Override
        public void mark(Object self, long value) {
            throw new IllegalStateException();
        }
    };

    private final Switches switches = new Switches();
    private final Dispatcher dispatcher =
            new Dispatcher(new Probe[] {sound, broken}, hook -> hook == 0 ? "sound" : "broken", switches);

    @Test
    void handsOverTokensAndEnds() {
        assertThat(dispatcher.enter(0, "token", null, null)).isEqualTo("token");
        dispatcher.exit(0, "token", null, null);
        assertThat(ended).isEqualTo(1);
        assertThat(dispatcher.failuresByHook()).isEmpty();
    }

    @Test
    void aProbeThatThrowsIsSwitchedOffAfterTenAndTheOthersGoOn() {
        for (int i = 0; i < 2 * Dispatcher.MAX_FAILURES; i++) {
            assertThat(dispatcher.enter(1, "self", null, null)).isNull();
            dispatcher.mark(1, "self", 1);
        }
        assertThat(dispatcher.failures(1)).isEqualTo(Dispatcher.MAX_FAILURES);
        assertThat(dispatcher.enter(0, "token", null, null)).isEqualTo("token");
        assertThat(dispatcher.failuresByHook()).isEqualTo(Map.of("broken", (long) Dispatcher.MAX_FAILURES));
    }

    @Test
    void failuresOfAHooksProbesCountTogether() {
        Dispatcher pair =
                new Dispatcher(new Probe[] {broken, broken, sound}, hook -> hook < 2 ? "broken" : "sound", switches);
        for (int i = 0; i < Dispatcher.MAX_FAILURES; i++) {
            pair.enter(i % 2, "self", null, null);
        }
        assertThat(pair.givenUpByHook()).isEqualTo(Map.of("broken", 2));
        pair.mark(0, "self", 1);
        pair.mark(1, "self", 1);
        assertThat(pair.failures(0)).isEqualTo(pair.failures(1)).isEqualTo(Dispatcher.MAX_FAILURES);
        assertThat(pair.enter(2, "token", null, null)).isEqualTo("token");
    }

    @Test
    void whatHadBegunIsEndedEvenWhenSwitchedOff() {
        for (int i = 0; i < Dispatcher.MAX_FAILURES + 1; i++) {
            dispatcher.exit(1, "token", null, null);
        }
        assertThat(dispatcher.failures(1)).isEqualTo(Dispatcher.MAX_FAILURES + 1);
    }

    @Test
    void aHookThatIsSwitchedOffBeginsNothingUntilItIsOnAgain() {
        switches.order(Detail.ALL, Set.of("sound"), Map.of());
        assertThat(dispatcher.enter(0, "token", null, null)).isNull();
        dispatcher.exit(0, "token", null, null);
        assertThat(ended).as("what was begun before").isEqualTo(1);
        switches.order(Detail.ALL, Set.of(), Map.of());
        assertThat(dispatcher.enter(0, "token", null, null)).isEqualTo("token");
    }

    @Test
    void levelOffSwitchesEveryHookOff() {
        switches.govern(Detail.OFF);
        assertThat(dispatcher.enter(0, "token", null, null)).isNull();
        dispatcher.mark(1, "self", 1);
        assertThat(dispatcher.failures(1)).isZero();
        switches.govern(Detail.COUNTS_ONLY);
        assertThat(dispatcher.enter(0, "token", null, null)).isEqualTo("token");
    }

    @Test
    void whatFailedTooOftenStaysOffWhateverIsOrdered() {
        for (int i = 0; i < Dispatcher.MAX_FAILURES; i++) {
            dispatcher.enter(1, "self", null, null);
        }
        switches.govern(Detail.NO_EXAMPLES);
        dispatcher.enter(1, "self", null, null);
        assertThat(dispatcher.failures(1)).isEqualTo(Dispatcher.MAX_FAILURES);
        assertThat(dispatcher.givenUpByHook()).isEqualTo(Map.of("broken", 1));
    }
}
