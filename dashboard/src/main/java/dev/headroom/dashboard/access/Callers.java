package dev.headroom.dashboard.access;

import dev.headroom.dashboard.ingest.WriteScope;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.web.server.context.ServerSecurityContextRepository;
import org.springframework.security.web.server.context.WebSessionServerSecurityContextRepository;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;
import reactor.core.publisher.Mono;

/**
 * Finds out who makes a request: by a token in it, by the cookie of {@code headroom.token}, by a login's session, and where no
 * credentials are set up on loopback by being on this machine. Roles are those of now, not of the login. Thread-safe; never blocks.
 */
final class Callers implements ServerSecurityContextRepository {
    static final String COOKIE = "headroom";
    private static final String BEARER = "Bearer ";
    private static final Caller MASTER = new Caller("headroom.token", Role.ADMIN, null, Caller.Origin.TOKEN);
    private static final Caller COMMAND_LINE = new Caller("the command line", Role.ADMIN, null, Caller.Origin.TOKEN);
    private static final Caller MASTER_COOKIE =
            new Caller("headroom.token", Role.ADMIN, null, Caller.Origin.TOKEN_COOKIE);

    private final ServerSecurityContextRepository sessions = new WebSessionServerSecurityContextRepository();
    private final Credentials credentials;
    private final Duration longestLogin;
    private final InstantSource clock;

    Callers(Credentials credentials, Duration longestLogin, InstantSource clock) {
        this.credentials = credentials;
        this.longestLogin = longestLogin;
        this.clock = clock;
    }

    @Override
    public Mono<Void> save(ServerWebExchange exchange, @Nullable SecurityContext context) {
        return sessions.save(exchange, context);
    }

    @Override
    public Mono<SecurityContext> load(ServerWebExchange exchange) {
        return find(exchange)
                .<SecurityContext>map(caller -> {
                    caller.tell(exchange);
                    WriteScope.tell(exchange, caller.service());
                    return new SecurityContextImpl(new CallerAuthentication(caller, null));
                })
                .cache();
    }

    private Mono<Caller> find(ServerWebExchange exchange) {
        String presented = bearer(exchange);
        if (presented != null) {
            Caller caller = byToken(presented);
            if (caller != null) {
                return Mono.just(caller);
            }
            // A sender that was given some other system's token is none of this one's business while everybody may come
            // in.
            return credentials.needed() || Tokens.ours(presented) ? Mono.empty() : Mono.just(Caller.MACHINE);
        }
        HttpCookie cookie = exchange.getRequest().getCookies().getFirst(COOKIE);
        if (cookie != null
                && credentials.master() != null
                && credentials.master().acceptsCookie(cookie.getValue())) {
            return Mono.just(MASTER_COOKIE);
        }
        return byLogin(exchange)
                .switchIfEmpty(Mono.defer(() -> credentials.needed() ? Mono.empty() : Mono.just(Caller.MACHINE)));
    }

    /** The token in the Authorization header; null without one. */
    static @Nullable String bearer(ServerWebExchange exchange) {
        String header = exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? header.substring(BEARER.length()).trim()
                : null;
    }

    private @Nullable Caller byToken(String presented) {
        if (credentials.master() != null && credentials.master().accepts(presented)) {
            return MASTER;
        }
        if (credentials.machineKey().accepts(presented)) {
            return COMMAND_LINE;
        }
        Token token = credentials.tokens().accept(presented);
        return token == null ? null : token.caller();
    }

    private Mono<Caller> byLogin(ServerWebExchange exchange) {
        return exchange.getSession()
                .filter(WebSession::isStarted)
                .filter(session -> session.getCreationTime().plus(longestLogin).isAfter(clock.instant()))
                .flatMap(session -> sessions.load(exchange))
                .mapNotNull(SecurityContext::getAuthentication)
                .mapNotNull(this::current);
    }

    private @Nullable Caller current(Authentication login) {
        if (login instanceof OAuth2AuthenticationToken provider) {
            return credentials.providers().caller(provider.getPrincipal());
        }
        if (login instanceof CallerAuthentication known && known.asOf() != null) {
            User user = credentials.users().named(known.caller().name());
            return user != null && user.changed().equals(known.asOf()) ? user.caller() : null;
        }
        return null;
    }
}
