package dev.headroom.demo.load;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Requests at a fixed rate, whatever the service makes of it: each has the time at which it should start, and its duration
 * counts from there, so that a service which keeps one waiting cannot make the next ones look quick. Thread-safe.
 */
public final class OpenLoad implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final ConcurrentMap<String, Timings> timings = new ConcurrentHashMap<>();
    private final Phaser underWay = new Phaser(1);
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final URI service;
    private final LoadMix mix;
    private final double perSecond;
    private final Visitor visitor;
    private final Thread clockwork;

    private OpenLoad(URI service, LoadMix mix, double perSecond, long seed) {
        this.service = service;
        this.mix = mix;
        this.perSecond = perSecond;
        this.visitor = new Visitor(seed);
        this.clockwork = new Thread(this::tick, "open-load");
        this.clockwork.setDaemon(true);
    }

    /**
     * Asks what the mix asks first, such as a login, and then goes on at the rate until it is closed.
     *
     * @param perSecond requests a second; above 0
     */
    public static OpenLoad start(URI service, LoadMix mix, double perSecond, long seed) {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("An open load needs a rate above 0 a second, found " + perSecond);
        }
        OpenLoad load = new OpenLoad(service, mix, perSecond, seed);
        for (Ask ask : mix.first()) {
            load.send(ask, System.nanoTime()).join();
        }
        load.clockwork.start();
        return load;
    }

    /** Route to what was measured so far; exact once the load is closed. */
    public SortedMap<String, Timings> timings() {
        return new TreeMap<>(timings);
    }

    /** Requests answered so far, whatever the status. */
    public long answered() {
        return timings.values().stream().mapToLong(Timings::count).sum();
    }

    /** Requests without an answer so far. */
    public long failed() {
        return timings.values().stream().mapToLong(Timings::unanswered).sum();
    }

    /** Makes no more requests and waits for the answers of those under way. */
    @Override
    public void close() {
        stopped.set(true);
        LockSupport.unpark(clockwork);
        try {
            clockwork.join();
            underWay.awaitAdvanceInterruptibly(
                    underWay.arriveAndDeregister(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException ignored) {
            // what is still under way stays uncounted
        }
    }

    private void tick() {
        long startNanos = System.nanoTime();
        for (long number = 0; !stopped.get(); number++) {
            long intendedNanos = startNanos + (long) (number / perSecond * 1e9);
            while (!stopped.get() && System.nanoTime() - intendedNanos < 0) {
                LockSupport.parkNanos(this, intendedNanos - System.nanoTime());
            }
            if (!stopped.get()) {
                CompletableFuture<?> ignored = send(mix.pick(visitor).ask().apply(visitor), intendedNanos);
            }
        }
    }

    private CompletableFuture<?> send(Ask ask, long intendedNanos) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(service.resolve(ask.path())).timeout(PATIENCE);
        String body = ask.body();
        if (body == null) {
            request.method(ask.method(), BodyPublishers.noBody());
        } else {
            request.method(ask.method(), BodyPublishers.ofString(body)).header("Content-Type", "application/json");
        }
        if (ask.offersGzip()) {
            request.header("Accept-Encoding", "gzip");
        }
        Timings route = timings.computeIfAbsent(ask.route(), any -> new Timings());
        underWay.register();
        return http.sendAsync(request.build(), BodyHandlers.discarding()).handle((answer, failure) -> {
            done(route, answer, System.nanoTime() - intendedNanos);
            return answer;
        });
    }

    private void done(Timings route, @Nullable HttpResponse<?> answer, long nanos) {
        if (answer == null) {
            route.unansweredOnce();
        } else {
            route.answered(answer.statusCode(), nanos);
        }
        underWay.arriveAndDeregister();
    }
}
