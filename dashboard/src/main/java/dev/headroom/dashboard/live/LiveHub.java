package dev.headroom.dashboard.live;

import dev.headroom.dashboard.budget.BudgetReport;
import dev.headroom.dashboard.budget.BudgetReports;
import dev.headroom.dashboard.page.live.TailRow;
import dev.headroom.dashboard.page.live.Tile;
import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.MetricStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns stored batches and new verdicts into events, and hands them to every client.
 *
 * <p>Store and evaluator only put their news into a bounded queue; one thread of the hub makes the events, at most one push in
 * {@value #PUSH_MILLIS} ms, the first {@value #GATHER_MILLIS} ms after the news so that JVMs that flush together appear together. A client asks for
 * what it has not seen: one that is slow gets the full state instead of a backlog, so nothing is buffered for it without bound.
 * Thread-safe; nothing here blocks.
 */
@Component
class LiveHub implements DisposableBean {
    private static final long GATHER_MILLIS = 200;
    /** With windows of a second, what happened within one is then on the screen before the next but one ends. */
    private static final long PUSH_MILLIS = 700;

    private static final int QUEUE = 512;
    private static final LiveLog.Part NONE = new LiveLog.Part(List.of(), 0);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    /** Batches that ended earlier come from an outage: they belong to the store, not to this second. */
    private static final Duration LATE = Duration.ofSeconds(60);

    /**
     * What the stream says of services.
     *
     * @param at when the newest window ended
     * @param tail the slowest operations of the windows that arrived
     */
    record Tick(Instant at, List<Tile> services, List<TailRow> tail) {}

    private final BlockingQueue<Batch> arrived = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicReference<@Nullable List<BudgetReport>> judged = new AtomicReference<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final AtomicBoolean fullWanted = new AtomicBoolean();
    private final Scheduler thread = Schedulers.newSingle("live", true);
    private final Sinks.Many<Long> news = Sinks.many().multicast().directBestEffort();
    private final JsonMapper json;
    private final InstantSource clock;
    private final LiveLog log;
    // Of the hub's thread alone.
    private final Map<String, LiveService> services = new TreeMap<>();
    private final LiveBoard board = new LiveBoard();
    private long pushedNanos = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(PUSH_MILLIS);
    /** The full state up to some event, made when a client needs it; replaced as a whole. */
    private volatile LiveLog.Part full = NONE;

    LiveHub(MetricStore store, BudgetReports reports, JsonMapper json, InstantSource clock) {
        this.json = json;
        this.clock = clock;
        this.log = new LiveLog(Long.toString(clock.millis(), 36));
        judged.set(reports.all());
        store.onStored(this::stored);
        reports.onEvaluated(this::evaluated);
        wake();
    }

    private void stored(Batch batch) {
        // A full queue means that the hub is far behind: the store has the batch, the next one brings the tile up to
        // date.
        if (arrived.offer(batch)) {
            wake();
        }
    }

    private void evaluated(List<BudgetReport> reports) {
        judged.set(reports);
        wake();
    }

    private void wake() {
        if (scheduled.compareAndSet(false, true)) {
            long sincePush = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - pushedNanos);
            try {
                thread.schedule(this::push, Math.max(GATHER_MILLIS, PUSH_MILLIS - sincePush), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException ignored) {
                // The dashboard stops.
            }
        }
    }

    private void push() {
        scheduled.set(false);
        pushedNanos = System.nanoTime();
        long before = log.last();
        List<Batch> batches = new ArrayList<>();
        arrived.drainTo(batches);
        batches.removeIf(batch -> batch.end().isBefore(clock.instant().minus(LATE)));
        boolean watched = news.currentSubscriberCount() > 0;
        if (!batches.isEmpty()) {
            Map<String, LiveService> touched = touch(batches, watched);
            if (watched) {
                log.add("tick", json.writeValueAsString(tick(touched)));
            }
        }
        if (!watched) {
            full = NONE;
            // Verdicts wait for whoever comes; of a thousand services the rows alone would take megabytes a second.
            return;
        }
        List<BudgetReport> reports = judged.getAndSet(null);
        if (reports != null) {
            LiveBoard.Event changes = board.take(reports);
            if (changes.moved() || !changes.rows().isEmpty()) {
                log.add("board", json.writeValueAsString(changes));
            }
        }
        boolean wanted = fullWanted.getAndSet(false);
        if (wanted) {
            full = full();
        }
        if (wanted || log.last() > before) {
            news.tryEmitNext(log.last());
        }
    }

    private LiveLog.Part full() {
        List<ServerSentEvent<String>> state = new ArrayList<>();
        state.add(log.event("board", json.writeValueAsString(board.full()), log.last()));
        List<Tile> tiles = services.values().stream().map(LiveService::tile).toList();
        Instant at = services.values().stream()
                .map(LiveService::end)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
        if (!tiles.isEmpty()) {
            state.add(log.event("tick", json.writeValueAsString(new Tick(at, tiles, List.of())), log.last()));
        }
        return new LiveLog.Part(List.copyOf(state), log.last());
    }

    private Map<String, LiveService> touch(List<Batch> batches, boolean watched) {
        Map<String, LiveService> touched = new TreeMap<>();
        for (Batch batch : batches) {
            String name = batch.sender().service();
            LiveService service = services.computeIfAbsent(name, LiveService::new);
            service.add(batch, watched);
            touched.put(name, service);
        }
        if (!watched) {
            touched.values().forEach(LiveService::tile);
        }
        return touched;
    }

    private static Tick tick(Map<String, LiveService> touched) {
        List<Tile> tiles = new ArrayList<>();
        List<TailRow> tail = new ArrayList<>();
        Instant at = Instant.EPOCH;
        for (LiveService service : touched.values()) {
            tiles.add(service.tile());
            tail.addAll(service.tail());
            at = service.end().isAfter(at) ? service.end() : at;
        }
        return new Tick(at, tiles, tail);
    }

    /**
     * The stream of one client, without end.
     *
     * @param lastEventId id of the last event that the client has seen; null for a new client
     */
    Flux<ServerSentEvent<String>> events(@Nullable String lastEventId) {
        return Flux.defer(() -> {
            Reader reader = new Reader(log.number(lastEventId));
            // The hub's news first: what comes between the two subscriptions is then never missed.
            Flux<ServerSentEvent<String>> events = Flux.merge(news.asFlux(), Mono.just(0L))
                    .onBackpressureLatest()
                    .concatMapIterable(ignored -> reader.unread(), 1);
            Flux<ServerSentEvent<String>> beats = Flux.interval(HEARTBEAT)
                    .onBackpressureDrop()
                    .map(ignored -> ServerSentEvent.builder("{}").event("beat").build());
            return Flux.merge(1, events, beats);
        });
    }

    /** Where one client is. Used by one thread at a time. */
    private final class Reader {
        private long seen;
        private boolean begun;

        Reader(long seen) {
            this.seen = seen;
        }

        List<ServerSentEvent<String>> unread() {
            if (!begun) {
                begun = true;
                // What happened while nobody watched is not in the log yet.
                wake();
            }
            LiveLog.Part part = seen < 0 ? null : log.after(seen);
            if (part == null) {
                // What the log still continues is good enough; else it is made anew, and news tell that it is there.
                LiveLog.Part known = full;
                LiveLog.Part since = known.events().isEmpty() ? null : log.after(known.upTo());
                if (since == null) {
                    fullWanted.set(true);
                    wake();
                    return List.of();
                }
                List<ServerSentEvent<String>> all = new ArrayList<>(known.events());
                all.addAll(since.events());
                part = new LiveLog.Part(all, since.upTo());
            }
            seen = part.upTo();
            return part.events();
        }
    }

    @Override
    public void destroy() {
        news.tryEmitComplete();
        thread.dispose();
    }
}
