package dev.headroom.dashboard.access;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.server.WebSession;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Logs people in and out: {@code GET} and {@code POST /login}, {@code POST /logout}, and {@code ?token=} at any page for
 * {@code headroom.token}. A login gets a new session; so many wrong passwords and tokens a minute are looked at, no more. Thread-safe.
 */
final class LoginFilter implements WebFilter {
    private static final Logger LOG = LoggerFactory.getLogger(LoginFilter.class);
    private static final Duration COOKIE_AGE = Duration.ofDays(30);
    private static final String LOGOUT = "/logout";

    private final Credentials credentials;
    private final Callers callers;
    private final LoginPage page;
    private final Limits limits;
    private final Scheduler hashing;

    /** @param hashing few threads for the hashes of passwords, which are slow on purpose */
    LoginFilter(Credentials credentials, Callers callers, LoginPage page, Limits limits, Scheduler hashing) {
        this.credentials = credentials;
        this.callers = callers;
        this.page = page;
        this.limits = limits;
        this.hashing = hashing;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String path = exchange.getRequest().getPath().value();
        boolean post = HttpMethod.POST.equals(exchange.getRequest().getMethod());
        if (path.equals(LoginPage.PATH)) {
            return post
                    ? exchange.getFormData().flatMap(form -> login(exchange, form))
                    : Refusals.page(exchange, HttpStatus.OK, page.page(exchange, ""));
        }
        if (path.equals(LOGOUT) && post) {
            return logout(exchange);
        }
        if (path.startsWith("/oauth2/authorization/")) {
            int wait = limits.guess(exchange);
            return wait > 0 ? Refusals.tooMany(exchange, wait, "logins from this address") : chain.filter(exchange);
        }
        String inAddress = exchange.getRequest().getQueryParams().getFirst("token");
        if (inAddress != null && credentials.master() != null && Callers.bearer(exchange) == null) {
            return byAddress(exchange, inAddress, chain);
        }
        return chain.filter(exchange);
    }

    /** A link with the token in it is for the first visit; the address without it is the one to be kept. */
    private Mono<Void> byAddress(ServerWebExchange exchange, String token, WebFilterChain chain) {
        if (credentials.master() == null || !credentials.master().accepts(token)) {
            int wait = limits.guess(exchange);
            return wait > 0
                    ? Refusals.tooMany(exchange, wait, "wrong tokens from this address")
                    : chain.filter(exchange);
        }
        String same = UriComponentsBuilder.fromUri(exchange.getRequest().getURI())
                .replaceQueryParam("token")
                .build(true)
                .toUriString();
        return enter(credentials.master(), exchange, URI.create(same));
    }

    private Mono<Void> login(ServerWebExchange exchange, MultiValueMap<String, String> form) {
        String user = form.getFirst("user");
        String token = form.getFirst("token");
        String next = form.getFirst("next");
        int wait = user == null ? limits.guess(exchange) : limits.password(exchange, user);
        if (wait > 0) {
            return Refusals.tooMany(exchange, wait, "tries to log in");
        }
        if (user != null) {
            return Mono.fromCallable(() -> credentials.users().verify(user, form.getFirst("password")))
                    .subscribeOn(hashing)
                    .flatMap(known -> enter(known, exchange, local(next)).thenReturn(true))
                    .switchIfEmpty(Mono.defer(() -> again(exchange, next, "Name or password is not right.")
                            .thenReturn(false)))
                    .then();
        }
        MasterToken master = credentials.master();
        return master != null && master.accepts(token)
                ? enter(master, exchange, local(next))
                : again(exchange, next, "This token is not the right one.");
    }

    private Mono<Void> again(ServerWebExchange exchange, @Nullable String next, String problem) {
        // The address, never the name: people type passwords into the wrong field.
        LOG.warn("A login from {} failed", exchange.getRequest().getRemoteAddress());
        return Refusals.page(
                exchange, HttpStatus.UNAUTHORIZED, page.page(local(next).toString(), problem));
    }

    private Mono<Void> enter(User user, ServerWebExchange exchange, URI to) {
        CallerAuthentication known = new CallerAuthentication(user.caller(), user.changed());
        return fresh(exchange)
                .then(callers.save(exchange, new SecurityContextImpl(known)))
                .then(Mono.defer(() -> redirect(exchange, to)));
    }

    /** No session that existed before the login may be the login's. */
    private static Mono<Void> fresh(ServerWebExchange exchange) {
        return exchange.getSession().flatMap(session -> session.isStarted() ? session.changeSessionId() : Mono.empty());
    }

    private static Mono<Void> enter(MasterToken master, ServerWebExchange exchange, URI to) {
        exchange.getResponse().addCookie(cookie(exchange, master.cookie(), COOKIE_AGE));
        return redirect(exchange, to);
    }

    private static Mono<Void> logout(ServerWebExchange exchange) {
        exchange.getResponse().addCookie(cookie(exchange, "", Duration.ZERO));
        return exchange.getSession()
                .filter(WebSession::isStarted)
                .flatMap(WebSession::invalidate)
                .then(Mono.defer(() -> redirect(exchange, URI.create(LoginPage.PATH))));
    }

    private static ResponseCookie cookie(ServerWebExchange exchange, String value, Duration age) {
        boolean https = "https".equalsIgnoreCase(exchange.getRequest().getURI().getScheme());
        return ResponseCookie.from(Callers.COOKIE, value)
                .httpOnly(true)
                .secure(https)
                .sameSite("Strict")
                .path("/")
                .maxAge(age)
                .build();
    }

    private static Mono<Void> redirect(ServerWebExchange exchange, URI to) {
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(HttpStatus.SEE_OTHER);
        String query = to.getRawQuery();
        response.getHeaders().set(HttpHeaders.CACHE_CONTROL, "no-store");
        response.getHeaders().setLocation(URI.create(to.getRawPath() + (query == null ? "" : "?" + query)));
        return response.setComplete();
    }

    /** A path on this dashboard, whatever was asked for: nobody is sent elsewhere from here. */
    private static URI local(@Nullable String next) {
        boolean here = next != null && next.startsWith("/") && !next.startsWith("//") && !next.contains("\\");
        try {
            URI to = here ? new URI(next) : URI.create("/");
            return to.getRawPath().startsWith("//") ? URI.create("/") : to;
        } catch (URISyntaxException notAnAddress) {
            return URI.create("/");
        }
    }
}
