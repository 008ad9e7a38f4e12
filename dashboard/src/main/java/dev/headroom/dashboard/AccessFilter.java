package dev.headroom.dashboard;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;

/**
 * Who may talk to the dashboard. Bound to loopback and without a token: this machine, under a name of this machine (a web page
 * elsewhere could point its own name at 127.0.0.1). With a token: whoever presents it, on every page, API call and OTLP request;
 * browsers turn it into a cookie once, through the form or {@code ?token=}. Either way, pages of others change nothing here. Beyond loopback a token is required to start at all.
 * Thread-safe.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class AccessFilter implements WebFilter {
    static final String COOKIE = "headroom";
    static final String LOGIN = "/login";
    private static final String BEARER = "Bearer ";
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final Duration COOKIE_AGE = Duration.ofDays(30);

    private final boolean loopback;
    private final @Nullable AccessToken token;

    AccessFilter(DashboardProperties properties, ServerProperties server) {
        InetAddress address = server.getAddress();
        this.loopback = Loopback.bound(address);
        this.token = properties.token().isBlank()
                ? null
                : new AccessToken(properties.token().trim());
        if (!loopback && token == null) {
            throw new StartRefusedException(
                    "The dashboard would listen on " + (address == null ? "every address" : address.getHostAddress())
                            + " without a token: everyone on the network could read and write.",
                    "Set headroom.token (HEADROOM_TOKEN) to a secret of your choice, or server.address (SERVER_ADDRESS) to 127.0.0.1.");
        }
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        String host = request.getHeaders().getFirst(HttpHeaders.HOST);
        if (loopback && !Loopback.host(host)) {
            return answer(
                    exchange,
                    HttpStatus.FORBIDDEN,
                    MediaType.TEXT_PLAIN,
                    "This dashboard listens on this machine only; found Host \"" + host
                            + "\", expected localhost or 127.0.0.1. To serve other names set server.address and headroom.token.\n");
        }
        if (foreign(request)) {
            return answer(
                    exchange,
                    HttpStatus.FORBIDDEN,
                    MediaType.TEXT_PLAIN,
                    "Found a " + request.getMethod() + " from a web page of "
                            + request.getHeaders().getFirst(HttpHeaders.ORIGIN)
                            + ", expected one from this dashboard's own pages or from a program that is no browser.\n");
        }
        if (token == null) {
            return chain.filter(exchange);
        }
        return guarded(token, exchange, chain);
    }

    /**
     * Whether a web page of somebody else wants to change something. Browsers say where a request comes from; the newer header is
     * right behind a proxy too, and older browsers name the page's origin.
     */
    private static boolean foreign(ServerHttpRequest request) {
        if (READING.contains(request.getMethod())) {
            return false;
        }
        HttpHeaders headers = request.getHeaders();
        String site = headers.getFirst("Sec-Fetch-Site");
        if (site != null) {
            return !site.equals("same-origin") && !site.equals("none");
        }
        String origin = headers.getFirst(HttpHeaders.ORIGIN);
        return origin != null
                && !origin.replaceFirst("^https?://", "").equalsIgnoreCase(headers.getFirst(HttpHeaders.HOST));
    }

    private Mono<Void> guarded(AccessToken required, ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        if (request.getPath().value().equals(LOGIN) && HttpMethod.POST.equals(request.getMethod())) {
            return exchange.getFormData()
                    .flatMap(form -> required.accepts(form.getFirst("token"))
                            ? enter(required, exchange, local(form.getFirst("next")))
                            : ask(exchange, "This token is not the right one."));
        }
        if (presented(required, request)) {
            return chain.filter(exchange);
        }
        if (required.accepts(request.getQueryParams().getFirst("token"))) {
            String same = UriComponentsBuilder.fromUri(request.getURI())
                    .replaceQueryParam("token")
                    .build(true)
                    .toUriString();
            return enter(required, exchange, URI.create(same));
        }
        return ask(exchange, "");
    }

    private static boolean presented(AccessToken required, ServerHttpRequest request) {
        String header = request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
        if (header != null
                && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                && required.accepts(header.substring(BEARER.length()).trim())) {
            return true;
        }
        HttpCookie cookie = request.getCookies().getFirst(COOKIE);
        return cookie != null && required.acceptsCookie(cookie.getValue());
    }

    /** A path on this dashboard, whatever was asked for: nobody is sent elsewhere from here. */
    private static URI local(@Nullable String next) {
        boolean here = next != null && next.startsWith("/") && !next.startsWith("//") && !next.contains("\\");
        try {
            return here ? new URI(next) : URI.create("/");
        } catch (URISyntaxException notAnAddress) {
            return URI.create("/");
        }
    }

    private static Mono<Void> enter(AccessToken required, ServerWebExchange exchange, URI to) {
        ServerHttpResponse response = exchange.getResponse();
        boolean https = "https".equalsIgnoreCase(exchange.getRequest().getURI().getScheme());
        response.addCookie(ResponseCookie.from(COOKIE, required.cookie())
                .httpOnly(true)
                .secure(https)
                .sameSite("Strict")
                .path("/")
                .maxAge(COOKIE_AGE)
                .build());
        response.setStatusCode(HttpStatus.SEE_OTHER);
        String query = to.getRawQuery();
        response.getHeaders().setLocation(URI.create(to.getRawPath() + (query == null ? "" : "?" + query)));
        return response.setComplete();
    }

    /** The form for browsers, a sentence for everyone else. */
    private static Mono<Void> ask(ServerWebExchange exchange, String problem) {
        ServerHttpRequest request = exchange.getRequest();
        exchange.getResponse().getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"Headroom\"");
        if (LoginForm.wantedBy(request)) {
            return answer(exchange, HttpStatus.UNAUTHORIZED, MediaType.TEXT_HTML, LoginForm.page(request, problem));
        }
        return answer(exchange, HttpStatus.UNAUTHORIZED, MediaType.APPLICATION_JSON, """
                {"error":"Not authorised","found":"no valid token","expected":"header Authorization: Bearer <token>",\
                "hint":"The token is the dashboard's setting headroom.token (HEADROOM_TOKEN)."}
                """);
    }

    private static Mono<Void> answer(ServerWebExchange exchange, HttpStatus status, MediaType type, String text) {
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(status);
        response.getHeaders().setContentType(new MediaType(type, StandardCharsets.UTF_8));
        response.getHeaders().setCacheControl("no-store");
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(bytes)));
    }
}
