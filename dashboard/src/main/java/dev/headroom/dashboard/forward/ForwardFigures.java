package dev.headroom.dashboard.forward;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/** What was passed on and what was not: {@code headroom.forward.*}. Thread-safe. */
final class ForwardFigures {
    private final MeterRegistry registry;
    private final AtomicLong waiting = new AtomicLong();
    private final Counter sent;

    ForwardFigures(MeterRegistry registry) {
        this.registry = registry;
        this.sent = Counter.builder("headroom.forward.requests")
                .description("Requests that the receiver has accepted")
                .register(registry);
        Gauge.builder("headroom.forward.queue", waiting, AtomicLong::doubleValue)
                .baseUnit("bytes")
                .description("Memory of what waits to be forwarded")
                .register(registry);
    }

    /** True when there was room: the weight is then counted until {@link #left}. */
    boolean enters(long weight, long most) {
        if (waiting.addAndGet(weight) <= most) {
            return true;
        }
        waiting.addAndGet(-weight);
        return false;
    }

    void left(long weight) {
        waiting.addAndGet(-weight);
    }

    void sent() {
        sent.increment();
    }

    /** @param reason {@code refused} by the receiver, or {@code queue} full */
    void dropped(String reason) {
        Counter.builder("headroom.forward.dropped")
                .description("Requests that were not forwarded")
                .tag("reason", reason)
                .register(registry)
                .increment();
    }
}
