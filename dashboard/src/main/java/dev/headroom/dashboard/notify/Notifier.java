package dev.headroom.dashboard.notify;

import dev.headroom.dashboard.budget.file.AlertTarget;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the recipients of a severity. News is taken without waiting, written down on a thread of its own, and delivered on one per
 * recipient: at least once, each try with the same number, in the order of an incident's events. Thread-safe.
 */
public final class Notifier implements Notifications, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);
    private static final int MOST_NEWS = 10_000;
    private static final String FULL = "full";
    private static final Duration TEST = Duration.ofSeconds(25);

    /** Who carries what. */
    record Couriers(Courier webhook, @Nullable Courier mail) {
        Courier of(Recipient recipient) {
            if (recipient.target().channel() == AlertTarget.Channel.WEBHOOK || mail == null) {
                return webhook;
            }
            return mail;
        }
    }

    private final Outbox outbox;
    private final Couriers couriers;
    private final Backoff backoff;
    private final InstantSource clock;
    private final MeterRegistry registry;
    private final ThreadPoolExecutor desk;
    private volatile List<Recipient> recipients = List.of();
    // Only on the desk's thread, and read from others under its own lock:
    private final Map<String, Running> lanes = new LinkedHashMap<>();

    private record Running(Lane lane, Thread thread, LaneFigures figures) {}

    Notifier(Outbox outbox, Couriers couriers, Backoff backoff, InstantSource clock, MeterRegistry registry) {
        this.outbox = outbox;
        this.couriers = couriers;
        this.backoff = backoff;
        this.clock = clock;
        this.registry = registry;
        this.desk = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_NEWS),
                work -> daemon(work, "headroom-notify"),
                (work, full) -> LaneFigures.dropped(registry, FULL));
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Tells these from now on; those that are not among them any more are told nothing further. */
    void direct(List<Recipient> named) {
        for (Recipient each : named) {
            String problem = each.problem();
            if (problem != null) {
                LOG.warn("{}", problem);
            }
        }
        recipients = named;
        desk.execute(() -> rearrange(named));
    }

    private void rearrange(List<Recipient> named) {
        Map<String, Recipient> wanted = new HashMap<>();
        named.stream().filter(Recipient::usable).forEach(each -> wanted.putIfAbsent(each.id(), each));
        synchronized (lanes) {
            List.copyOf(lanes.keySet()).stream()
                    .filter(id -> !wanted.containsKey(id))
                    .forEach(this::stop);
            wanted.forEach((id, recipient) -> lanes.computeIfAbsent(id, any -> started(recipient)));
        }
        outbox.found().stream()
                .filter(letter -> !handed(letter)
                        && named.stream().noneMatch(each -> each.id().equals(letter.recipient())))
                .forEach(this::gone);
    }

    /** Nobody reads it any more. */
    private void gone(Letter letter) {
        LaneFigures.dropped(registry, "gone");
        outbox.done(letter);
    }

    private Running started(Recipient recipient) {
        LaneFigures figures = new LaneFigures(registry, recipient.name());
        Lane lane = new Lane(recipient, couriers.of(recipient), outbox, backoff, clock, figures);
        figures.watch(lane, clock);
        Thread thread = daemon(lane, "headroom-notify-" + recipient.name());
        thread.start();
        return new Running(lane, thread, figures);
    }

    private void stop(String id) {
        Running running = lanes.remove(id);
        if (running != null) {
            running.lane.stop().forEach(this::gone);
            running.figures.forget();
        }
    }

    private boolean handed(Letter letter) {
        Running running = lanes.get(letter.recipient());
        if (running != null) {
            running.lane.add(List.of(letter));
        }
        return running != null;
    }

    /** Returns at once; what was told before is not told again. News that is told together may go out in one message. */
    public void tell(List<News> together) {
        desk.execute(() -> write(together));
    }

    private void write(List<News> together) {
        for (Recipient each : recipients) {
            List<Letter> letters = new ArrayList<>();
            for (News news : together) {
                if (each.usable() && severity(each).equals(news.severity()) && outbox.concerns(news, each.id())) {
                    Letter letter = new Letter(news, each.id(), clock.instant());
                    switch (outbox.add(letter)) {
                        case NEW -> letters.add(letter);
                        case KNOWN -> LOG.debug("{} is known", letter.key());
                        case FULL -> LaneFigures.dropped(registry, FULL);
                    }
                }
            }
            Running running = lanes.get(each.id());
            if (running != null && !letters.isEmpty()) {
                running.lane.add(letters);
            }
        }
        together.forEach(news -> outbox.mark(news.at()));
    }

    private static String severity(Recipient recipient) {
        return recipient.name().substring(0, recipient.name().indexOf('/'));
    }

    @Override
    public NotifyReport report() {
        List<NotifyReport.Told> told = new ArrayList<>();
        synchronized (lanes) {
            for (Recipient each : recipients) {
                Running running = lanes.get(each.id());
                told.add(new NotifyReport.Told(
                        each.name(),
                        each.shown(),
                        format(each),
                        each.problem(),
                        running == null ? 0 : running.lane.pending(),
                        running == null ? null : running.lane.trouble(),
                        running == null ? null : running.lane.oldest()));
            }
        }
        return new NotifyReport(outbox.waiting(), told);
    }

    private static String format(Recipient recipient) {
        return recipient.target().channel() == AlertTarget.Channel.EMAIL
                ? "e-mail"
                : recipient.target().format().name().toLowerCase(Locale.ROOT);
    }

    /**
     * Sends every recipient of the severity a test, once and now, all at the same time, and waits for half a minute at most.
     *
     * @param severity page or ticket
     */
    public List<NotifyReport.Tried> test(String severity) throws InterruptedException {
        News news = News.test(severity, "test-" + UUID.randomUUID(), clock.instant());
        List<Recipient> asked = recipients.stream()
                .filter(each -> severity(each).equals(severity))
                .toList();
        ExecutorService threads =
                Executors.newFixedThreadPool(Math.max(1, asked.size()), work -> daemon(work, "headroom-notify-test"));
        try {
            List<Future<NotifyReport.Tried>> trying = new ArrayList<>();
            asked.forEach(each -> trying.add(threads.submit(() -> test(news, each))));
            long deadline = System.nanoTime() + TEST.toNanos();
            List<NotifyReport.Tried> tried = new ArrayList<>();
            for (int i = 0; i < asked.size(); i++) {
                tried.add(result(asked.get(i), trying.get(i), deadline - System.nanoTime()));
            }
            return tried;
        } finally {
            threads.shutdownNow();
        }
    }

    private static NotifyReport.Tried result(Recipient asked, Future<NotifyReport.Tried> trying, long nanos)
            throws InterruptedException {
        try {
            return trying.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (TimeoutException slow) {
            return new NotifyReport.Tried(
                    asked.name(), asked.shown(), false, "no result within " + TEST.toSeconds() + " s", "");
        } catch (ExecutionException failed) {
            String kind = String.valueOf(failed.getCause()).replaceFirst(":.*", "");
            return new NotifyReport.Tried(asked.name(), asked.shown(), false, "not sent (" + kind + ")", "");
        }
    }

    private NotifyReport.Tried test(News news, Recipient recipient) throws InterruptedException {
        String problem = recipient.problem();
        if (problem != null) {
            return new NotifyReport.Tried(recipient.name(), recipient.shown(), false, problem, "");
        }
        Outcome outcome = couriers.of(recipient).deliver(Digest.of(news), recipient);
        if (outcome instanceof Outcome.Sent sent) {
            return new NotifyReport.Tried(recipient.name(), recipient.shown(), true, sent.how(), "");
        }
        return outcome instanceof Outcome.Refused refused
                ? new NotifyReport.Tried(recipient.name(), recipient.shown(), false, refused.why(), refused.said())
                : new NotifyReport.Tried(
                        recipient.name(), recipient.shown(), false, ((Outcome.Later) outcome).why(), "");
    }

    /** Stops at once; what waits is in the outbox. */
    @Override
    public void close() {
        desk.shutdownNow();
        synchronized (lanes) {
            lanes.values().forEach(running -> {
                running.lane.stop();
                running.thread.interrupt();
                running.figures.forget();
            });
            lanes.clear();
        }
    }
}
