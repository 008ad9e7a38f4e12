package dev.headroom.dashboard.live;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The stream, of events {@code board}, {@code tick} and {@code beat}, and who looks on. */
@RestController
final class LiveController {
    private static final int MOST_CLIENTS = 1_000;

    private final LiveHub hub;
    private final LiveWatch watch;
    private final Scheduler scheduler;
    private final AtomicInteger clients = new AtomicInteger();

    LiveController(LiveHub hub, LiveWatch watch, @Qualifier("storeReads") Scheduler scheduler) {
        this.hub = hub;
        this.watch = watch;
        this.scheduler = scheduler;
    }

    /** The live page says so of itself, again and again while somebody sees it. */
    @GetMapping("/api/v1/live/watch")
    Mono<ResponseEntity<LiveWatch.Look>> watch(@RequestParam(required = false) @Nullable String service) {
        return Mono.fromCallable(() -> watch.look(service))
                .map(look ->
                        ResponseEntity.ok().header("Cache-Control", "no-store").body(look))
                .subscribeOn(scheduler);
    }

    @GetMapping("/api/v1/live")
    ResponseEntity<Flux<ServerSentEvent<String>>> live(
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
        if (clients.incrementAndGet() > MOST_CLIENTS) {
            clients.decrementAndGet();
            return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                    .header("Retry-After", "30")
                    .build();
        }
        return ResponseEntity.ok()
                .contentType(MediaType.TEXT_EVENT_STREAM)
                .header("Cache-Control", "no-store")
                .header("X-Accel-Buffering", "no")
                .body(hub.events(lastEventId).doFinally(end -> clients.decrementAndGet()));
    }
}
