package dev.headroom.dashboard.access;

import dev.headroom.dashboard.ingest.OtlpStatus;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.security.web.server.authorization.ServerAccessDeniedHandler;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * What those hear who are not let in: OTLP senders a Status in their encoding, browsers a page, everyone else JSON that says what was
 * found, what was expected and what to do. Never what was presented. Thread-safe.
 */
final class Refusals implements ServerAuthenticationEntryPoint, ServerAccessDeniedHandler {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private record Answer(String error, String found, String expected, String hint) {}

    private final LoginPage login;
    private final Limits limits;

    Refusals(LoginPage login, Limits limits) {
        this.login = login;
        this.limits = limits;
    }

    /** Nobody that is known here. */
    @Override
    public Mono<Void> commence(ServerWebExchange exchange, AuthenticationException nobody) {
        boolean presented = Callers.bearer(exchange) != null;
        int wait = presented ? limits.guess(exchange) : 0;
        if (wait > 0) {
            return tooMany(exchange, wait, "wrong tokens from this address");
        }
        exchange.getResponse().getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"Headroom\"");
        String found = presented ? "a token that is not valid here" : "no token";
        String hint = "An admin makes tokens on the page Access or with: java -jar headroom-dashboard.jar token create"
                + " --service <name>. Agents take theirs from HEADROOM_TOKEN.";
        if (otlp(exchange)) {
            return otlp(
                    exchange,
                    HttpStatus.UNAUTHORIZED,
                    OtlpStatus.UNAUTHENTICATED,
                    "Found " + found + ", expected header Authorization: Bearer <token>. " + hint);
        }
        if (browser(exchange)) {
            return page(exchange, HttpStatus.UNAUTHORIZED, login.page(exchange, ""));
        }
        return json(
                exchange,
                HttpStatus.UNAUTHORIZED,
                new Answer("Not authorised", found, "header Authorization: Bearer <token>", hint));
    }

    /** Known, but not let do this. */
    @Override
    public Mono<Void> handle(ServerWebExchange exchange, AccessDeniedException denied) {
        Caller caller = Caller.of(exchange);
        String found = caller.name() + ", who may " + may(caller.role());
        if (otlp(exchange)) {
            return otlp(
                    exchange,
                    HttpStatus.FORBIDDEN,
                    OtlpStatus.PERMISSION_DENIED,
                    "Found " + found + ", expected a token with scope ingest");
        }
        if (browser(exchange)) {
            return page(exchange, HttpStatus.FORBIDDEN, login.refused(caller));
        }
        return json(
                exchange,
                HttpStatus.FORBIDDEN,
                new Answer(
                        "Not permitted",
                        found,
                        "somebody with another role or scope",
                        "Agents' tokens deliver and read the orders of their service, viewers read, admins change."));
    }

    /** @param seconds until it may be tried again */
    static Mono<Void> tooMany(ServerWebExchange exchange, int seconds, String of) {
        exchange.getResponse().getHeaders().set(HttpHeaders.RETRY_AFTER, Integer.toString(seconds));
        String text = "Too many " + of + "; try again in " + seconds + " s";
        if (otlp(exchange)) {
            return otlp(exchange, HttpStatus.TOO_MANY_REQUESTS, OtlpStatus.RESOURCE_EXHAUSTED, text);
        }
        return plain(exchange, HttpStatus.TOO_MANY_REQUESTS, text + "\n");
    }

    static Mono<Void> plain(ServerWebExchange exchange, HttpStatus status, String text) {
        return write(exchange, status, MediaType.TEXT_PLAIN, text.getBytes(StandardCharsets.UTF_8));
    }

    static Mono<Void> page(ServerWebExchange exchange, HttpStatus status, String html) {
        return write(exchange, status, MediaType.TEXT_HTML, html.getBytes(StandardCharsets.UTF_8));
    }

    private static Mono<Void> json(ServerWebExchange exchange, HttpStatus status, Answer answer) {
        return write(exchange, status, MediaType.APPLICATION_JSON, JSON.writeValueAsBytes(answer));
    }

    private static Mono<Void> otlp(ServerWebExchange exchange, HttpStatus status, int code, String message) {
        OtlpStatus answer = OtlpStatus.of(exchange.getRequest().getHeaders().getContentType(), code, message);
        return write(exchange, status, answer.type(), answer.body());
    }

    private static Mono<Void> write(ServerWebExchange exchange, HttpStatus status, MediaType type, byte[] bytes) {
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(status);
        response.getHeaders()
                .setContentType(type.getType().equals("text") ? new MediaType(type, StandardCharsets.UTF_8) : type);
        response.getHeaders().setCacheControl("no-store");
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(bytes)));
    }

    static boolean otlp(ServerWebExchange exchange) {
        return exchange.getRequest().getPath().value().startsWith("/v1/");
    }

    /** True for a person's browser that opens a page or has sent a form. */
    private static boolean browser(ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        return request.getHeaders().getAccept().stream()
                .anyMatch(type -> type.equalsTypeAndSubtype(MediaType.TEXT_HTML));
    }

    private static String may(Role role) {
        return switch (role) {
            case ADMIN -> "do everything";
            case VIEWER -> "read";
            case BUILD -> "judge and keep runs";
            case AGENT -> "deliver measurements";
        };
    }
}
