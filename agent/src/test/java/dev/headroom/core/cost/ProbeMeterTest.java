package dev.headroom.core.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ProbeMeterTest {
    private final ProbeMeter meter = new ProbeMeter(3, point -> point < 2 ? "a" : "b");

    private void call(int point, long enterNanos) {
        if (meter.count(point)) {
            meter.entered(point, enterNanos, null);
        }
    }

    @Test
    void countsCallsByHook() {
        for (int i = 0; i < 1_000; i++) {
            call(0, 100);
            call(1, 100);
        }
        HookCost cost = meter.drain(0).get(0);
        assertThat(cost.hook()).isEqualTo("a");
        assertThat(cost.calls()).isEqualTo(2_000);
        assertThat(meter.drain(0).get(0).calls()).isZero();
        assertThat(meter.drain(0)).as("b was never called").hasSize(1);
    }

    @Test
    void estimatesTheMeanWhateverTheRhythmOfTheCalls() {
        // Every second, and every 16th call is dearer: distances that were powers of two would see one kind only.
        for (int period : new int[] {2, 16, 1_024}) {
            ProbeMeter own = new ProbeMeter(1, point -> "a");
            double mean = 0;
            for (int window = 0; window < 20; window++) {
                for (int i = 0; i < 200_000; i++) {
                    if (own.count(0)) {
                        own.entered(0, i % period == 0 ? 100L * period : 100, null);
                    }
                }
                mean += own.drain(0).get(0).meanNanos() / 20;
            }
            double truth = 100 * (2 - 1.0 / period);
            assertThat(mean).as("period " + period).isCloseTo(truth, within(period > 100 ? 100 : 10.0));
        }
    }

    @Test
    void oneSampleThatWasInterruptedIsLeftOut() {
        int sampled = 0;
        for (int i = 0; i < 50_000; i++) {
            if (meter.count(0)) {
                meter.entered(0, ++sampled == 5 ? 50_000_000 : 100, null);
            }
        }
        assertThat(sampled).isBetween(25, 100);
        assertThat(meter.drain(0).get(0).meanNanos()).isEqualTo(100);
    }

    @Test
    void aHookThatBecomesQuietIsSampledMoreDensely() {
        meter.drain(0);
        int sampled = 0;
        for (int i = 0; i < 1_000; i++) {
            if (meter.count(0)) {
                sampled++;
                meter.entered(0, 100, null);
            }
        }
        assertThat(sampled).isBetween(8, 40);
    }

    @Test
    void forgetsWhatTheProbesNoLongerDo() {
        for (int i = 0; i < 50_000; i++) {
            call(0, 1_000);
        }
        assertThat(meter.drain(0).get(0).meanNanos()).isEqualTo(1_000);
        meter.forget();
        for (int i = 0; i < 50_000; i++) {
            call(0, 100);
        }
        assertThat(meter.drain(0).get(0).meanNanos()).isEqualTo(100);
    }

    @Test
    void addsWhatTheExitOfTheSameCallTakesAndSubtractsTheClock() {
        for (int i = 0; i < 2_000; i++) {
            Object token = new Object();
            if (meter.count(2)) {
                meter.entered(2, 130, token);
            }
            assertThat(meter.awaits(new Object())).isFalse();
            if (meter.awaits(token)) {
                meter.left(token, 90);
            }
        }
        assertThat(meter.drain(30).get(0).meanNanos()).isEqualTo(130 + 90 - 2 * 30);
    }

    @Test
    void holdsNoTokenBeyondAWindow() {
        Object token = new Object();
        for (int i = 0; !meter.awaits(token); i++) {
            assertThat(i).isLessThan(1_000);
            if (meter.count(0)) {
                meter.entered(0, 1, token);
            }
        }
        meter.drain(0);
        assertThat(meter.awaits(token)).isFalse();
    }

    @Test
    void manyThreadsLoseHardlyAny() throws Exception {
        int threads = 8;
        int perThread = 200_000;
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> all = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            Thread thread = new Thread(() -> {
                try {
                    go.await();
                } catch (InterruptedException e) {
                    return;
                }
                for (int i = 0; i < perThread; i++) {
                    call(i % 3, 100);
                }
            });
            thread.start();
            all.add(thread);
        }
        go.countDown();
        for (Thread thread : all) {
            thread.join();
        }
        List<HookCost> costs = meter.drain(0);
        long calls = costs.stream().mapToLong(HookCost::calls).sum();
        assertThat(calls).isBetween((long) (0.7 * threads * perThread), (long) threads * perThread);
        assertThat(costs).extracting(HookCost::meanNanos).containsExactly(100.0, 100.0);
    }
}
