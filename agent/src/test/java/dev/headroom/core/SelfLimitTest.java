package dev.headroom.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import dev.headroom.core.control.Detail;
import dev.headroom.core.control.Switches;
import dev.headroom.core.cost.AgentCost;
import dev.headroom.core.hook.Probe;
import dev.headroom.core.record.Attributes;
import dev.headroom.core.record.Call;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.DurationSeries;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.record.Window;
import dev.headroom.harness.MovableClock;
import dev.headroom.harness.Recorded;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The agent's parts together: a probe is too slow, and what it costs is held down without losing a call. */
class SelfLimitTest {
    private static final int CALLS = 200;

    /** What the slow probe takes: 200 calls of it are 4 % of a window of one second on one processor. */
    private static final long SLOW_NANOS = 200_000;

    private static final double BUDGET = 0.01 / Runtime.getRuntime().availableProcessors();

    private final MovableClock clock = new MovableClock();
    private final Switches switches = new Switches();
    private final Recorder recorder = new Recorder(clock, 1_000, switches);
    private final AtomicBoolean slow = new AtomicBoolean(true);
    private final DurationSeries series = recorder.duration(Metric.DB_DURATION, Attributes.NONE);
    private final Dispatcher dispatcher = new Dispatcher(new Probe[] {new Slow()}, point -> "slow", switches);
    private final List<String> log = new ArrayList<>();
    private final ExecutorService agentsThread = Executors.newSingleThreadExecutor();
    private long made;
    private long counted;
    private long untimed;

    /** Takes long for what it does with the clock; recording is quick. */
    private final class Slow extends Probe {
        @Override
        public Object enter(Object self, Object a, Object b) {
            long now = recorder.nanos();
            if (slow.get() && switches.detail().timings()) {
                long begin = System.nanoTime();
                while (System.nanoTime() - begin < SLOW_NANOS) {
                    Thread.onSpinWait();
                }
            }
            return CallStack.current().begin(CallStack.Kind.SQL, series, now);
        }

        @Override
        public void exit(Object token, Object result, Throwable thrown) {
            ((Call) token).end(recorder.nanos(), null);
        }
    }

    SelfLimitTest() {
        recorder.gauges(
                new AgentCost(dispatcher.meter(), switches, BUDGET, recorder.clock(), null, line -> log.add(line)));
    }

    @AfterEach
    void stop() {
        agentsThread.shutdownNow();
    }

    private void window() throws Exception {
        for (int i = 0; i < CALLS; i++) {
            Object token = dispatcher.enter(0, this, null, null);
            if (token != null) {
                dispatcher.exit(0, token, null, null);
            }
            made++;
        }
        clock.moveMillis(1_000);
        Window rotated = agentsThread.submit(() -> recorder.rotate(0, 1)).get();
        for (Window.Entry entry : new Recorded(rotated).entries(Metric.DB_DURATION)) {
            counted += entry.histogram().count() + (long) entry.value();
            untimed += (long) entry.value();
        }
    }

    /** Windows until the level is reached. */
    private int windowsUntil(Detail level, int most) throws Exception {
        int windows = 0;
        while (switches.detail() != level) {
            window();
            windows++;
            assertThat(windows)
                    .as("windows before " + level + ", now " + switches.detail() + "; " + log)
                    .isLessThan(most);
        }
        return windows;
    }

    @Test
    void stepsDownWhenAProbeIsTooSlowCountsOnAndRecovers() throws Exception {
        windowsUntil(Detail.COUNTS_ONLY, 60);
        assertThat(log).hasSize(3);
        assertThat(log.get(2)).contains("its budget of", "detail is now counts-only, it was no-patterns");
        window();
        window();
        assertThat(switches.detail()).as("counting is cheap").isEqualTo(Detail.COUNTS_ONLY);
        assertThat(untimed).isEqualTo(2 * CALLS);

        slow.set(false);
        windowsUntil(Detail.ALL, 200);
        assertThat(log.get(log.size() - 1)).contains("costs little again: detail is now all");
        assertThat(counted).as("counted at every level").isEqualTo(made);
    }
}
