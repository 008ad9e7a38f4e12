package dev.headroom.core.export;

import dev.headroom.core.record.Clock;
import dev.headroom.core.record.Example;
import dev.headroom.core.record.Examples;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings examples to the dashboard, by the rules for windows but behind them: it waits and backs off by itself, so examples never
 * hold up a measurement. Receivers that do not show to be a dashboard get none, and none are kept for them. For the agent's thread
 * only.
 */
final class ExampleDelivery {
    /** After a refusal that no other example would escape. */
    private static final long PAUSE_NANOS = 600_000_000_000L;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Examples examples;
    private final ExampleQueue queue;
    private final OtlpSender sender;
    private final Clock clock;
    private final BackOff backOff;
    private final Map<Example.Reason, Long> kept = new EnumMap<>(Example.Reason.class);
    private long nextNanos;

    ExampleDelivery(Examples examples, ExampleQueue queue, OtlpSender sender, Clock clock, DoubleSupplier random) {
        this.examples = examples;
        this.queue = queue;
        this.sender = sender;
        this.clock = clock;
        this.backOff = new BackOff(random);
        this.nextNanos = clock.nanos();
    }

    /** Takes what was kept since the last call. */
    void collect() {
        List<Example> taken = examples.drain();
        for (Example each : taken) {
            kept.merge(each.reason(), 1L, Long::sum);
        }
        queue.add(taken);
    }

    /** A window was accepted: by now the receiver has shown what it is. */
    void windowAccepted() {
        boolean dashboard = sender.isDashboard();
        examples.receivable(dashboard);
        if (!dashboard) {
            queue.clear("no_dashboard");
        }
    }

    /** Whether something waits for a receiver that is known to want it. */
    boolean waiting() {
        return !queue.isEmpty() && sender.isDashboard();
    }

    boolean due() {
        return waiting() && clock.nanos() - nextNanos >= 0;
    }

    /** Until something may be sent. */
    long millisToNext() {
        return Math.max(0, (nextNanos - clock.nanos() + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
    }

    /** One attempt. Returns what was sent, and whether another may follow at once. */
    @Nullable
    Batch send() {
        Batch batch = queue.next();
        if (batch == null) {
            return null;
        }
        Outcome outcome = sender.send(OtlpSender.Signal.LOGS, batch, false);
        nextNanos = clock.nanos();
        backOff.spread(sender.spreadMillis());
        switch (outcome.fate()) {
            case RETRY:
                nextNanos += backOff.afterFailure(outcome.waitMillis()) * NANOS_PER_MILLI;
                break;
            case GIVEN_UP:
                queue.givenUp(outcome.reason());
                if (!outcome.reason().equals("http_400") && !outcome.reason().equals("http_413")) {
                    queue.clear(outcome.reason());
                    nextNanos += PAUSE_NANOS;
                }
                break;
            case ACCEPTED:
                queue.settled();
                backOff.reset();
                break;
        }
        return batch;
    }

    /** Examples kept, since the start. */
    Map<Example.Reason, Long> kept() {
        return kept;
    }

    ExampleQueue queue() {
        return queue;
    }
}
