package dev.headroom.dashboard.page.access;

import dev.headroom.dashboard.access.Caller;
import dev.headroom.dashboard.access.Users;
import dev.headroom.dashboard.page.Pages;
import dev.headroom.dashboard.refusal.RefusedException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** One's own password. A change ends every login of that user, this one too. */
@Controller
final class AccountController {
    private static final String PATH = "/account";

    private final Pages pages;
    private final Users users;
    private final Scheduler scheduler;

    /**
     * Who is logged in.
     *
     * @param person whether there is a password to change
     * @param problem with the last try, or empty
     */
    public record AccountPage(String name, String role, boolean person, String problem) {}

    AccountController(Pages pages, Users users, Scheduler passwordHashing) {
        this.pages = pages;
        this.users = users;
        this.scheduler = passwordHashing;
    }

    @GetMapping(PATH)
    Mono<Rendering> account(ServerWebExchange exchange) {
        return page(exchange, "");
    }

    @PostMapping(PATH)
    Mono<Rendering> change(ServerWebExchange exchange) {
        Caller caller = Caller.of(exchange);
        return exchange.getFormData()
                .publishOn(scheduler)
                .map(form -> carriedOut(caller, form))
                .flatMap(problem -> {
                    if (problem.isEmpty()) {
                        return Mono.just(Rendering.redirectTo("/login")
                                .status(HttpStatus.SEE_OTHER)
                                .build());
                    }
                    exchange.getResponse().setStatusCode(HttpStatus.BAD_REQUEST);
                    return page(exchange, problem);
                });
    }

    private String carriedOut(Caller caller, MultiValueMap<String, String> form) {
        if (!caller.person()) {
            return "Only who logs in with a password has one here.";
        }
        try {
            return users.changeOwn(caller.name(), form.getFirst("old"), form.getFirst("new"))
                    ? ""
                    : "The present password is not right.";
        } catch (RefusedException wrong) {
            return String.valueOf(wrong.getMessage());
        }
    }

    private Mono<Rendering> page(ServerWebExchange exchange, String problem) {
        Caller caller = Caller.of(exchange);
        return pages.show(
                "account",
                exchange,
                frame -> new AccountPage(caller.name(), caller.role().word(), caller.person(), problem));
    }
}
