package dev.headroom.dashboard.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.headroom.dashboard.access.Caller;
import dev.headroom.dashboard.access.Token;
import dev.headroom.dashboard.access.Tokens;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Tokens, for admins. A token's text is in the answer that made it and nowhere else. */
@RestController
@RequestMapping("/api/v1/tokens")
class TokensController {
    /** What is wanted; everything may be left out. */
    record Wanted(
            @Nullable String scope,
            @Nullable String service,
            @Nullable String label) {}

    record Made(@JsonUnwrapped Kept kept, String token) {}

    record Kept(
            String id,
            String scope,
            @Nullable String service,
            String label,
            Instant created,
            String createdBy,
            @Nullable Instant lastUsed) {
        static Kept of(Token token) {
            return new Kept(
                    token.id(),
                    token.role().scope(),
                    token.service(),
                    token.label(),
                    token.created(),
                    token.createdBy(),
                    token.lastUsed());
        }
    }

    record Items(List<Kept> items) {}

    private final Tokens tokens;
    private final Scheduler scheduler;

    TokensController(Tokens tokens, @Qualifier("storeReads") Scheduler scheduler) {
        this.tokens = tokens;
        this.scheduler = scheduler;
    }

    @GetMapping
    Items all() {
        return new Items(tokens.all().stream().map(Kept::of).toList());
    }

    @PostMapping
    Mono<ResponseEntity<Made>> create(@RequestBody Wanted wanted, ServerWebExchange exchange) {
        String by = Caller.of(exchange).name();
        return Mono.fromCallable(() -> {
                    Tokens.Created created = tokens.create(wanted.scope, wanted.service, wanted.label, by);
                    return ResponseEntity.status(HttpStatus.CREATED)
                            .header("Cache-Control", "no-store")
                            .body(new Made(Kept.of(created.token()), created.text()));
                })
                .subscribeOn(scheduler);
    }

    @DeleteMapping("/{id}")
    Mono<ResponseEntity<Void>> revoke(@PathVariable String id, ServerWebExchange exchange) {
        String by = Caller.of(exchange).name();
        return Mono.fromCallable(() -> {
                    tokens.revoke(id, by);
                    return ResponseEntity.noContent().<Void>build();
                })
                .subscribeOn(scheduler);
    }
}
