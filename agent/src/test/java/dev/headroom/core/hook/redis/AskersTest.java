package dev.headroom.core.hook.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.record.RequestScope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AskersTest {
    private final Recorder recorder = new Recorder(Clock.SYSTEM, 10);
    private final Askers askers = new Askers(recorder);

    private @Nullable RequestScope taken(int identity) {
        Sending<Object> into = new Sending<>(this);
        askers.take(identity, into);
        return into.asker;
    }

    @Test
    void whatIsNotedIsTakenOnce() {
        RequestScope one = new RequestScope();
        RequestScope other = new RequestScope();
        askers.put(7, one, "A.b(A.java:1)");
        askers.put(7 + 4096, other, null); // of the same place
        Sending<Object> into = new Sending<>(this);
        askers.take(7, into);
        assertThat(into.asker).isSameAs(one);
        assertThat(into.caller).isEqualTo("A.b(A.java:1)");
        assertThat(taken(7)).isNull();
        assertThat(taken(7 + 4096)).isSameAs(other);
    }

    @Test
    void whatIsNotedTwiceIsTheLaterOnes() {
        RequestScope later = new RequestScope();
        askers.put(7, new RequestScope(), null);
        askers.put(7, later, null);
        assertThat(taken(7)).isSameAs(later);
        assertThat(taken(7)).isNull();
    }

    @Test
    void oneThatNobodyTakesGivesWay() {
        for (int i = 0; i < 9; i++) {
            askers.put(7 + i * 4096, new RequestScope(), null);
        }
        assertThat(taken(7)).as("the first of nine in eight places").isNull();
        assertThat(taken(7 + 8 * 4096)).isNotNull();
    }

    @Test
    void outsideOfRequestsNothingIsNoted() {
        Object command = new Object();
        askers.put(command);
        assertThat(taken(System.identityHashCode(command))).isNull();

        RequestScope account = new RequestScope();
        account.begin();
        CallStack.current().serve(account);
        askers.put(command);
        CallStack.current().leave(account);
        assertThat(taken(System.identityHashCode(command))).isNotNull().isNotSameAs(account);
    }

    @Test
    void severalThreadsEachTakeTheirOwn() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        List<Future<Integer>> wrong = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            int first = 1 + t;
            wrong.add(pool.submit(() -> {
                int missed = 0;
                RequestScope own = new RequestScope();
                for (int i = 0; i < 100_000; i++) {
                    int identity = first + 4 * (i % 50_000);
                    askers.put(identity, own, null);
                    RequestScope taken = taken(identity);
                    if (taken != own) {
                        missed++;
                    }
                }
                return missed;
            }));
        }
        for (Future<Integer> each : wrong) {
            assertThat(each.get()).isZero();
        }
        pool.shutdown();
    }
}
