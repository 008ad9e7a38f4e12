package dev.headroom.core.hook.httpclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenCallsTest {
    private final OpenCalls calls = new OpenCalls();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    /** The agent's thread may lose its processor at any instruction. */
    @Test
    void aCallEndsWhileTheSweepLooksAtIt() throws Exception {
        open(7);
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Future<?> sweep = threads.submit(() -> calls.sweep(new Looks() {
            @Override
            public boolean over(OpenCall call) {
                looking.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
                return false;
            }
        }));
        looking.await();

        OpenCall claimed = calls.claim(7);

        goOn.countDown();
        sweep.get();
        assertThat(claimed).isNotNull();
        calls.free(claimed);
        assertThat(calls.size()).isZero();
    }

    /** Another call may have taken the place between the look and the end. */
    @Test
    void theSweepEndsOnlyWhatIsStillOver() {
        open(7);
        List<Integer> ended = new ArrayList<>();

        calls.sweep(new Looks() {
            @Override
            public boolean over(OpenCall call) {
                boolean held = call.owner() < 0;
                if (!held) {
                    OpenCall claimed = calls.claim(7);
                    assertThat(claimed).isNotNull();
                    calls.free(claimed);
                    open(7);
                }
                return !held;
            }

            @Override
            public void end(OpenCall call) {
                ended.add(call.owner());
            }
        });

        assertThat(ended).isEmpty();
        assertThat(calls.claim(7)).isNotNull();
    }

    @Test
    void theSweepEndsWhatIsOver() {
        open(7);
        open(8);
        List<Integer> ended = new ArrayList<>();

        calls.sweep(new Looks() {
            @Override
            public boolean over(OpenCall call) {
                return Math.abs(call.owner()) == 8;
            }

            @Override
            public void end(OpenCall call) {
                ended.add(call.owner());
            }
        });

        assertThat(ended).containsExactly(-8);
        assertThat(calls.claim(8)).isNull();
        assertThat(calls.claim(7)).isNotNull();
    }

    /** More threads than processors: whoever holds a place is often not running. */
    @Test
    void noCallIsLostBesideOthersThatTouchIt() throws Exception {
        int identity = 7;
        int rounds = 20_000;
        AtomicBoolean stopped = new AtomicBoolean();
        List<Future<?>> others = new ArrayList<>();
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
            others.add(threads.submit(() -> {
                while (!stopped.get()) {
                    OpenCall claimed = calls.claim(identity);
                    if (claimed != null) {
                        calls.publish(claimed);
                    }
                    calls.sweep(new Looks());
                }
            }));
        }

        int lost = 0;
        for (int i = 0; i < rounds; i++) {
            open(identity);
            OpenCall claimed = calls.claim(identity);
            if (claimed == null) {
                lost++;
                claimed = waitFor(identity);
            }
            calls.free(claimed);
        }

        stopped.set(true);
        for (Future<?> other : others) {
            other.get();
        }
        assertThat(lost).isZero();
        assertThat(calls.size()).isZero();
    }

    private OpenCall waitFor(int identity) {
        OpenCall claimed = null;
        while (claimed == null) {
            claimed = calls.claim(identity);
        }
        return claimed;
    }

    private void open(int identity) {
        OpenCall call = calls.open(identity);
        assertThat(call).isNotNull();
        call.begin("host", "GET", 0);
        calls.publish(call);
    }

    private static class Looks implements OpenCalls.Sweep {
        @Override
        public boolean over(OpenCall call) {
            return false;
        }

        @Override
        public void end(OpenCall call) {
            throw new AssertionError("nothing is over");
        }
    }
}
