package dev.headroom.dashboard.live;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** The stream: events {@code board}, {@code tick} and {@code beat}. */
@RestController
final class LiveController {
    private static final int MOST_CLIENTS = 1_000;

    private final LiveHub hub;
    private final AtomicInteger clients = new AtomicInteger();

    LiveController(LiveHub hub) {
        this.hub = hub;
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
