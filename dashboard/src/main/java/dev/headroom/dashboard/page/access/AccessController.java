package dev.headroom.dashboard.page.access;

import dev.headroom.dashboard.access.Caller;
import dev.headroom.dashboard.access.Tokens;
import dev.headroom.dashboard.access.Users;
import dev.headroom.dashboard.page.Pages;
import dev.headroom.dashboard.refusal.RefusedException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Makes and revokes tokens, makes, changes and removes users. Only admins get here. */
@Controller
final class AccessController {
    private static final String PATH = "/access";

    private final Pages pages;
    private final Tokens tokens;
    private final Users users;
    private final Scheduler scheduler;

    /** What became of a form. */
    private record Outcome(String made, String problem) {
        static final Outcome DONE = new Outcome("", "");
    }

    /** @param passwordHashing threads that may take their time */
    AccessController(Pages pages, Tokens tokens, Users users, Scheduler passwordHashing) {
        this.pages = pages;
        this.tokens = tokens;
        this.users = users;
        this.scheduler = passwordHashing;
    }

    @GetMapping({PATH, PATH + "/tokens", PATH + "/users"})
    Mono<Rendering> access(ServerWebExchange exchange) {
        return page(exchange, Outcome.DONE);
    }

    @PostMapping(PATH + "/tokens")
    Mono<Rendering> tokens(ServerWebExchange exchange) {
        String by = Caller.of(exchange).name();
        return exchange.getFormData()
                .publishOn(scheduler)
                .map(form -> carriedOut(() -> {
                    String revoked = form.getFirst("revoke");
                    if (revoked != null) {
                        tokens.revoke(revoked, by);
                        return Outcome.DONE;
                    }
                    return new Outcome(
                            tokens.create(form.getFirst("scope"), form.getFirst("service"), form.getFirst("label"), by)
                                    .text(),
                            "");
                }))
                .flatMap(outcome -> answer(exchange, outcome));
    }

    @PostMapping(PATH + "/users")
    Mono<Rendering> users(ServerWebExchange exchange) {
        String by = Caller.of(exchange).name();
        return exchange.getFormData()
                .publishOn(scheduler)
                .map(form -> carriedOut(() -> user(form, by)))
                .flatMap(outcome -> answer(exchange, outcome));
    }

    private Outcome user(MultiValueMap<String, String> form, String by) {
        String name = text(form.getFirst("name"));
        switch (text(form.getFirst("do"))) {
            case "remove" -> users.remove(name, by);
            case "change" -> {
                var unused = users.change(name, form.getFirst("role"), form.getFirst("password"), by);
            }
            default -> {
                var unused = users.create(name, form.getFirst("role"), form.getFirst("password"), by);
            }
        }
        return Outcome.DONE;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static Outcome carriedOut(Supplier<Outcome> change) {
        try {
            return change.get();
        } catch (RefusedException wrong) {
            return new Outcome("", String.valueOf(wrong.getMessage()));
        }
    }

    private Mono<Rendering> answer(ServerWebExchange exchange, Outcome outcome) {
        if (outcome.equals(Outcome.DONE)) {
            return Mono.just(
                    Rendering.redirectTo(PATH).status(HttpStatus.SEE_OTHER).build());
        }
        if (!outcome.problem.isEmpty()) {
            exchange.getResponse().setStatusCode(HttpStatus.BAD_REQUEST);
        }
        return page(exchange, outcome);
    }

    private Mono<Rendering> page(ServerWebExchange exchange, Outcome outcome) {
        return pages.show(
                "access", exchange, frame -> AccessPage.of(frame, tokens, users, outcome.made, outcome.problem));
    }
}
