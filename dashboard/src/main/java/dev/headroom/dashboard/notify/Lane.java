package dev.headroom.dashboard.notify;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers to one recipient on a thread of its own, so that a receiver that hangs holds up nobody else. While it cannot be reached
 * everything waits; a letter that it refuses waits alone, and with it later ones of its incident: an end never comes before its begin.
 * Letters for people that tell of one service and one moment leave as one message.
 */
final class Lane implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    /** Somebody may correct an address; until then once a minute is enough. */
    private static final Duration REFUSED = Duration.ofMinutes(1);

    /** More than anybody reads in one message. */
    private static final int MOST_TOGETHER = 50;

    private static final class Waiting {
        private final Letter letter;
        private Instant due = Instant.MIN;
        private int refusals;

        Waiting(Letter letter) {
            this.letter = letter;
        }
    }

    private final Recipient recipient;
    private final Courier courier;
    private final Outbox outbox;
    private final Backoff backoff;
    private final InstantSource clock;
    private final LaneFigures figures;
    private final Object lock = new Object();
    // Guarded by lock:
    private final List<Waiting> waiting = new ArrayList<>();
    private Instant pausedUntil = Instant.MIN;
    private int failures;
    private @Nullable String trouble;
    private boolean stopped;

    Lane(
            Recipient recipient,
            Courier courier,
            Outbox outbox,
            Backoff backoff,
            InstantSource clock,
            LaneFigures figures) {
        this.recipient = recipient;
        this.courier = courier;
        this.outbox = outbox;
        this.backoff = backoff;
        this.clock = clock;
        this.figures = figures;
    }

    /** Those that are added at once may leave in one message. */
    void add(List<Letter> letters) {
        synchronized (lock) {
            letters.forEach(letter -> waiting.add(new Waiting(letter)));
            lock.notifyAll();
        }
    }

    /** What waits then; one more try may be on its way. */
    List<Letter> stop() {
        synchronized (lock) {
            stopped = true;
            lock.notifyAll();
            return waiting.stream().map(each -> each.letter).toList();
        }
    }

    int pending() {
        synchronized (lock) {
            return waiting.size();
        }
    }

    /** Why the newest try failed; null when it did not. */
    @Nullable
    String trouble() {
        synchronized (lock) {
            return trouble;
        }
    }

    /** When the oldest that waits was written; null when nothing does. */
    @Nullable
    Instant oldest() {
        synchronized (lock) {
            return waiting.stream()
                    .map(each -> each.letter.created())
                    .min(Instant::compareTo)
                    .orElse(null);
        }
    }

    @Override
    public void run() {
        try {
            for (List<Waiting> next = next(); !next.isEmpty(); next = next()) {
                Digest digest =
                        new Digest(next.stream().map(each -> each.letter.news()).toList());
                settle(next, courier.deliver(digest, recipient));
            }
        } catch (InterruptedException stopping) {
            // the dashboard stops; the outbox has what waits
        }
    }

    /** The first that may be tried now with those that go with it, waited for; empty when stopped. */
    private List<Waiting> next() throws InterruptedException {
        synchronized (lock) {
            while (!stopped) {
                Instant now = clock.instant();
                Instant soonest = null;
                List<Waiting> chosen = new ArrayList<>();
                Set<String> behind = new HashSet<>();
                for (Waiting each : waiting) {
                    if (behind.add(each.letter.news().incident())) {
                        Instant due = each.due.isAfter(pausedUntil) ? each.due : pausedUntil;
                        if (due.isAfter(now)) {
                            soonest = soonest == null || due.isBefore(soonest) ? due : soonest;
                        } else if (chosen.isEmpty() || together(chosen, each)) {
                            chosen.add(each);
                        }
                    }
                }
                if (!chosen.isEmpty()) {
                    return chosen;
                }
                if (soonest == null) {
                    lock.wait();
                } else {
                    lock.wait(Math.max(1, Duration.between(now, soonest).toMillis()));
                }
            }
            return List.of();
        }
    }

    /** One that was refused goes alone from then on: it may be what the others were refused for. */
    private boolean together(List<Waiting> chosen, Waiting more) {
        News first = chosen.get(0).letter.news();
        News news = more.letter.news();
        return recipient.grouping()
                && chosen.size() < MOST_TOGETHER
                && chosen.get(0).refusals + more.refusals == 0
                && first.event() == news.event()
                && first.service().equals(news.service())
                && first.at().equals(news.at());
    }

    private void settle(List<Waiting> tried, Outcome outcome) {
        List<Waiting> done = new ArrayList<>();
        synchronized (lock) {
            if (outcome instanceof Outcome.Sent) {
                failures = 0;
                trouble = null;
                done.addAll(tried);
            } else {
                failed(tried, outcome, done);
            }
            waiting.removeAll(done);
        }
        for (Waiting each : tried) {
            figures.tried(each.letter.news().event(), outcome);
        }
        done.forEach(each -> outbox.done(each.letter));
    }

    private void failed(List<Waiting> tried, Outcome outcome, List<Waiting> givenUp) {
        Instant now = clock.instant();
        if (outcome instanceof Outcome.Later later) {
            failures++;
            Duration pause = backoff.pause(failures, ThreadLocalRandom.current().nextDouble());
            pausedUntil = now.plus(pause).plus(later.asked());
        }
        for (Waiting each : tried) {
            if (failed(each, outcome, tried.size() > 1, now)) {
                givenUp.add(each);
            }
        }
    }

    /** Whether it is given up. */
    private boolean failed(Waiting tried, Outcome outcome, boolean grouped, Instant now) {
        boolean first = trouble == null;
        if (outcome instanceof Outcome.Later later) {
            trouble = later.why();
        } else if (outcome instanceof Outcome.Refused refused) {
            tried.refusals++;
            trouble = refused.why();
            Duration least = REFUSED.compareTo(backoff.most()) < 0 ? REFUSED : backoff.most();
            Duration pause =
                    backoff.pause(tried.refusals, ThreadLocalRandom.current().nextDouble());
            tried.due = grouped ? now : now.plus(pause.compareTo(least) < 0 ? least : pause);
        }
        if (tried.letter.created().plus(backoff.giveUp()).isBefore(now)) {
            figures.dropped("gave-up");
            LOG.warn(
                    "{} ({}): {} is given up after {} h: {}",
                    recipient.name(),
                    recipient.shown(),
                    tried.letter.news().id(),
                    backoff.giveUp().toHours(),
                    trouble);
            return true;
        }
        if (first) {
            LOG.warn(
                    "{} ({}): {} was not delivered: {}; it is tried again",
                    recipient.name(),
                    recipient.shown(),
                    tried.letter.news().id(),
                    trouble);
        }
        return false;
    }
}
