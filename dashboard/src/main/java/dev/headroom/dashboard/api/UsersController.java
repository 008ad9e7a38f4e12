package dev.headroom.dashboard.api;

import dev.headroom.dashboard.access.Caller;
import dev.headroom.dashboard.access.User;
import dev.headroom.dashboard.access.Users;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** People with a password here, for admins. Passwords go in and never out. */
@RestController
@RequestMapping("/api/v1/users")
class UsersController {
    /** What is wanted; in a change, what is left out stays. */
    record Wanted(
            @Nullable String name,
            @Nullable String role,
            @Nullable String password) {
        @Override
        public String toString() {
            return "Wanted[" + name + ", " + role + "]";
        }
    }

    record Kept(String name, String role, Instant created, Instant changed) {
        static Kept of(User user) {
            return new Kept(user.name(), user.role().word(), user.created(), user.changed());
        }
    }

    record Items(List<Kept> items) {}

    private final Users users;
    private final Scheduler scheduler;

    /** @param scheduler few threads: the hash of a password takes a quarter of a second */
    UsersController(Users users, @Qualifier("passwordHashing") Scheduler scheduler) {
        this.users = users;
        this.scheduler = scheduler;
    }

    @GetMapping
    Items all() {
        return new Items(users.all().stream().map(Kept::of).toList());
    }

    @PostMapping
    Mono<ResponseEntity<Kept>> create(@RequestBody Wanted wanted, ServerWebExchange exchange) {
        String by = Caller.of(exchange).name();
        return Mono.fromCallable(() -> ResponseEntity.status(HttpStatus.CREATED)
                        .body(Kept.of(users.create(wanted.name, wanted.role, wanted.password, by))))
                .subscribeOn(scheduler);
    }

    @PatchMapping("/{name}")
    Mono<Kept> change(@PathVariable String name, @RequestBody Wanted wanted, ServerWebExchange exchange) {
        String by = Caller.of(exchange).name();
        return Mono.fromCallable(() -> Kept.of(users.change(name, wanted.role, wanted.password, by)))
                .subscribeOn(scheduler);
    }

    @DeleteMapping("/{name}")
    Mono<ResponseEntity<Void>> remove(@PathVariable String name, ServerWebExchange exchange) {
        String by = Caller.of(exchange).name();
        return Mono.fromCallable(() -> {
                    users.remove(name, by);
                    return ResponseEntity.noContent().<Void>build();
                })
                .subscribeOn(scheduler);
    }
}
