package dev.headroom.core.hook.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.Example;
import dev.headroom.core.record.Finished;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.record.RequestScope;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentCallsTest {
    private static final long MILLI = 1_000_000;

    private final Recorder recorder = new Recorder(Clock.SYSTEM, 10);
    private final CommandShapes shapes = new CommandShapes(recorder);
    private final CommandSeries get = shapes.series(shapes.commands.named("GET"), null);
    private final RecentCalls recent = new RecentCalls();

    @Test
    void theThreadThatWaitedIsToldOnce() throws InterruptedException {
        RequestScope account = new RequestScope();
        long start = Clock.SYSTEM.nanos();
        account.begin(recorder.examples(), start);
        CallStack stack = CallStack.current();
        stack.serve(account);
        Thread reader = new Thread(() -> {
            get.timed(3 * MILLI, null);
            recent.put(77, get, start + MILLI, 3 * MILLI, -1, null);
            recent.put(77 + 256, get, start, MILLI, -1, "ERR"); // takes the place of 77
            recent.put(78, get, start + 5 * MILLI, 4 * MILLI, 2048, null);
        });
        reader.start();
        reader.join();
        recent.tell(77, stack, 0);
        recent.tell(78, stack, 1L << 32);
        recent.tell(78, stack, 1L << 32);
        stack.leave(account);

        Finished finished = new Finished();
        finished.set("GET", "/a", 500, "500", 600 * MILLI);
        recorder.examples().finished(finished, account);
        List<Example> kept = recorder.examples().drain();
        assertThat(kept).hasSize(1);
        assertThat(kept.get(0).callCount()).isEqualTo(1);
        assertThat(kept.get(0).call(0).startNanos()).isEqualTo(5 * MILLI);
        assertThat(kept.get(0).call(0).nanos()).isEqualTo(4 * MILLI);
        assertThat(kept.get(0).call(0).hits()).isEqualTo(1);
        assertThat(kept.get(0).call(0).rows()).as("bytes of the value").isEqualTo(2048);
        assertThat(kept.get(0).split().redis).isEqualTo(4 * MILLI);
    }

    @Test
    void whoeverWaitsForNothingIsToldOfNothing() {
        RequestScope account = new RequestScope();
        account.begin(recorder.examples(), Clock.SYSTEM.nanos());
        CallStack stack = CallStack.current();
        stack.serve(account);
        get.timed(MILLI, null);
        recent.put(256, get, Clock.SYSTEM.nanos(), MILLI, -1, null);
        recent.tell(256, stack, 0);
        recent.tell(0, stack, 0);
        recent.tell(0, stack, 0);
        stack.leave(account);

        Finished finished = new Finished();
        finished.set("GET", "/a", 500, "500", 600 * MILLI);
        recorder.examples().finished(finished, account);
        assertThat(recorder.examples().drain().get(0).call(0).count()).isEqualTo(1);
    }
}
