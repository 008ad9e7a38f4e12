package dev.headroom.core.hook.pool;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.record.Attributes;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.Gauges;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.record.RequestScope;
import dev.headroom.harness.MovableClock;
import dev.headroom.harness.Recorded;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PoolUseTest {
    private static final long HALF_A_MINUTE = 30_000;

    private final MovableClock clock = new MovableClock();
    private final Recorder recorder = new Recorder(clock, 100);
    private final PoolUse use = new PoolUse(recorder);
    private final Pool pool = new Pool(new Object(), null, "main", recorder);
    private final Object first = new Object();
    private final Object second = new Object();
    private final RequestScope request = new RequestScope();

    @AfterEach
    void leaveTheRequest() {
        CallStack.current().leave(request);
    }

    private void serve(String route) {
        request.begin();
        request.route(route);
        CallStack.current().serve(request);
    }

    private void borrow(Object connection) {
        use.borrowed(connection, pool, clock.nanos());
    }

    private Map<String, Double> leaked() {
        Map<String, Double> leaked = new TreeMap<>();
        use.readLeaked(clock.nanos(), new Gauges.Sink() {
            @Override
            public void value(Metric metric, Attributes attributes, double value) {
                assertThat(metric).isEqualTo(Metric.POOL_LEAKED);
                assertThat(attributes.toMap()).containsEntry("db.client.connection.pool.name", "main");
                leaked.put(String.valueOf(attributes.toMap().get("http.route")), value);
            }
        });
        return leaked;
    }

    @Test
    void aConnectionThatOutlivesItsRequestIsLeaked() {
        serve("/leaks");
        borrow(first);
        borrow(second);
        use.returned(second, clock.nanos());
        clock.moveMillis(HALF_A_MINUTE);
        assertThat(leaked()).as("its request goes on").isEmpty();
        request.end();
        assertThat(leaked()).containsExactly(Map.entry("/leaks", 1.0));
        use.returned(first, clock.nanos());
        assertThat(leaked()).isEmpty();
    }

    @Test
    void theNextRequestOfTheThreadIsNotBlamed() {
        serve("/leaks");
        borrow(first);
        request.end();
        assertThat(leaked()).as("it may still come back").isEmpty();
        serve("/innocent");
        borrow(second);
        clock.moveMillis(HALF_A_MINUTE);
        assertThat(leaked()).containsExactly(Map.entry("/leaks", 1.0));
    }

    @Test
    void aWorkerMayHoldAConnectionForEver() {
        borrow(first);
        clock.moveMillis(100 * HALF_A_MINUTE);
        assertThat(leaked()).isEmpty();
    }

    @Test
    void whenAPoolRanOutItTellsWhoHeldItsConnections() {
        serve("/slow");
        borrow(first);
        clock.moveMillis(2_000);
        request.end();
        CallStack.current().leave(request);
        borrow(second);
        clock.moveMillis(1_000);
        Pool other = new Pool(new Object(), null, "other", recorder);
        use.borrowed(new Object(), other, clock.nanos());
        use.exhausted(pool, clock.nanos());
        use.exhausted(pool, clock.nanos());
        Recorded recorded = new Recorded(recorder.rotate(0, 1));
        assertThat(recorded.count(Metric.POOL_EXHAUSTED_HELD))
                .as("once a second, of this pool")
                .isEqualTo(2);
        assertThat(recorded.entries(Metric.POOL_EXHAUSTED_HELD, Map.of(Attribute.HTTP_ROUTE, "/slow")))
                .singleElement()
                .satisfies(entry -> assertThat(entry.histogram().max()).isBetween(3.0, 60.0));
    }

    @Test
    void borrowingAKnownConnectionAllocatesNothing() {
        serve("/busy");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < 1_000; i++) {
                borrow(first);
                use.returned(first, clock.nanos());
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
        }
        assertThat(least).isLessThan(100);
    }
}
