package dev.headroom.dashboard.notify;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** What became of one recipient's messages: {@code headroom.notify.*}. Thread-safe. */
final class LaneFigures {
    private static final String RECIPIENT = "recipient";

    private final MeterRegistry registry;
    private final String recipient;
    private List<Meter> gauges = List.of();

    LaneFigures(MeterRegistry registry, String recipient) {
        this.registry = registry;
        this.recipient = recipient;
        for (News.Event event : News.Event.values()) {
            sent(event);
        }
        failed("later");
        failed("refused");
    }

    void watch(Lane lane, InstantSource clock) {
        gauges = List.of(
                Gauge.builder("headroom.notify.pending", lane, Lane::pending)
                        .description("Notifications that wait to be delivered")
                        .tag(RECIPIENT, recipient)
                        .register(registry),
                Gauge.builder("headroom.notify.failing", lane, each -> each.trouble() == null ? 0 : 1)
                        .description("1 while the newest try failed")
                        .tag(RECIPIENT, recipient)
                        .register(registry),
                Gauge.builder("headroom.notify.oldest", lane, each -> age(each, clock))
                        .baseUnit("seconds")
                        .description("How long the oldest notification has been waiting")
                        .tag(RECIPIENT, recipient)
                        .register(registry));
    }

    private static double age(Lane lane, InstantSource clock) {
        Instant oldest = lane.oldest();
        return oldest == null ? 0 : Duration.between(oldest, clock.instant()).toMillis() / 1e3;
    }

    void tried(News.Event event, Outcome outcome) {
        if (outcome instanceof Outcome.Sent) {
            sent(event).increment();
        } else {
            failed(outcome instanceof Outcome.Later ? "later" : "refused").increment();
        }
    }

    private Counter sent(News.Event event) {
        return Counter.builder("headroom.notify.sent")
                .description("Notifications that a recipient has taken")
                .tag(RECIPIENT, recipient)
                .tag("event", event.word())
                .register(registry);
    }

    private Counter failed(String how) {
        return Counter.builder("headroom.notify.failures")
                .description("Tries that failed: later when it may go through, refused when not")
                .tag(RECIPIENT, recipient)
                .tag("how", how)
                .register(registry);
    }

    /** @param reason gave-up, full, or gone: its recipient left the budget file */
    void dropped(String reason) {
        dropped(registry, reason);
    }

    static void dropped(MeterRegistry registry, String reason) {
        Counter.builder("headroom.notify.dropped")
                .description("Notifications that nobody got")
                .tag("reason", reason)
                .register(registry)
                .increment();
    }

    void forget() {
        gauges.forEach(registry::remove);
    }
}
