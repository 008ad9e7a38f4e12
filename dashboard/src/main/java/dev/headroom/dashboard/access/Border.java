package dev.headroom.dashboard.access;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Refuses, before anybody asks who it is, what a web page of others may have sent: requests under a foreign name, for such a page
 * could point its own name at 127.0.0.1, and changes from a page that is not the dashboard's own. The second is also what keeps a
 * login's cookie from being used by other sites. Thread-safe.
 */
final class Border implements WebFilter, Ordered {
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final boolean loopback;
    private final List<String> hosts;

    /** @param hosts served beside this machine's names; empty: every one, unless on loopback */
    Border(boolean loopback, List<String> hosts) {
        this.loopback = loopback;
        this.hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
    }

    /** After the headers that every answer carries, before everything else. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 1;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        String host = request.getHeaders().getFirst(HttpHeaders.HOST);
        if (!served(host)) {
            return Refusals.plain(
                    exchange,
                    HttpStatus.FORBIDDEN,
                    (loopback ? "This dashboard listens on this machine only" : "This name is not served")
                            + "; found Host \"" + host + "\", expected "
                            + (hosts.isEmpty() ? "localhost or 127.0.0.1" : "one of " + hosts)
                            + ". To serve other names set headroom.access.hosts (HEADROOM_ACCESS_HOSTS).\n");
        }
        if (foreign(request)) {
            return Refusals.plain(
                    exchange,
                    HttpStatus.FORBIDDEN,
                    "Found a " + request.getMethod() + " from a web page of "
                            + request.getHeaders().getFirst(HttpHeaders.ORIGIN)
                            + ", expected one from this dashboard's own pages or from a program that is no browser.\n");
        }
        return chain.filter(exchange);
    }

    private boolean served(@Nullable String host) {
        if (Loopback.host(host) || (hosts.isEmpty() && !loopback)) {
            return true;
        }
        return host != null
                && hosts.contains(host.trim().toLowerCase(Locale.ROOT).replaceFirst(":\\d+$", ""));
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
}
