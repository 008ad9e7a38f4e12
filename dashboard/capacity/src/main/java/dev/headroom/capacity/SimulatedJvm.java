package dev.headroom.capacity;

import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One JVM's agent as the dashboard sees it: a window every interval on wall-clock multiples, sent at a moment of its own within the
 * next interval, one request at a time, the same bytes until they are acknowledged, later when told so.
 */
final class SimulatedJvm implements Runnable {
    private static final long LEAST_WAIT_MILLIS = 200;
    private static final long MOST_WAIT_MILLIS = 30_000;

    private final int port;
    private final WindowTemplate template;
    private final long intervalMillis;
    private final FleetFigures figures;
    private final UUID id = UUID.randomUUID();
    private final long offsetMillis;
    private volatile long untilMillis = Long.MAX_VALUE;
    private final AtomicLong acknowledged = new AtomicLong();
    private @Nullable Line line;

    SimulatedJvm(int port, WindowTemplate template, long intervalMillis, FleetFigures figures) {
        this.port = port;
        this.template = template;
        this.intervalMillis = intervalMillis;
        this.figures = figures;
        this.offsetMillis = ThreadLocalRandom.current().nextLong(intervalMillis);
    }

    /** No window that ends later is sent; those before still are. */
    void endAt(long millis) {
        untilMillis = millis;
    }

    long acknowledged() {
        return acknowledged.get();
    }

    @Override
    public void run() {
        try {
            long end = (System.currentTimeMillis() / intervalMillis + 1) * intervalMillis;
            while (end <= untilMillis) {
                long due = end + offsetMillis;
                Thread.sleep(Math.max(0, due - System.currentTimeMillis()));
                if (end > untilMillis) {
                    return;
                }
                send(end, due);
                end += intervalMillis;
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            hangUp();
        }
    }

    /** Sends windows of a past time one after another, as fast as they are taken. */
    void sendHistory(long fromMillis, long toMillis, long windowMillis) throws InterruptedException {
        for (long end = fromMillis + windowMillis; end <= toMillis; end += windowMillis) {
            deliver(template.body(id, end - windowMillis, end), System.currentTimeMillis());
        }
        hangUp();
    }

    private void send(long end, long due) throws InterruptedException {
        deliver(template.body(id, end - intervalMillis, end), due);
    }

    private void deliver(byte[] body, long due) throws InterruptedException {
        String headers = "Content-Type: application/x-protobuf\r\nContent-Encoding: gzip\r\nIdempotency-Key: " + id
                + ":m:" + (acknowledged.get() + 1) + "\r\n";
        long wait = LEAST_WAIT_MILLIS;
        while (!Thread.currentThread().isInterrupted()) {
            long askedMillis = 0;
            try {
                Line.Answer answer = open().post("/v1/metrics", headers, body);
                if (answer.status() == 200) {
                    acknowledged.incrementAndGet();
                    figures.acknowledged((double) (System.currentTimeMillis() - due), body.length);
                    return;
                }
                figures.refused(Integer.toString(answer.status()));
                askedMillis = answer.retryAfterSeconds() * 1_000;
            } catch (IOException failure) {
                figures.refused(failure.getClass().getSimpleName());
                hangUp();
            }
            long most = Math.max(askedMillis, wait);
            Thread.sleep(most + ThreadLocalRandom.current().nextLong(most));
            wait = Math.min(wait * 2, MOST_WAIT_MILLIS);
        }
        throw new InterruptedException();
    }

    private Line open() throws IOException {
        Line open = line;
        if (open == null) {
            open = new Line(port);
            line = open;
        }
        return open;
    }

    private void hangUp() {
        Line open = line;
        line = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException ignored) {
                // it is given up anyway
            }
        }
    }
}
