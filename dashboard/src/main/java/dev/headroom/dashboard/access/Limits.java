package dev.headroom.dashboard.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.springframework.web.server.ServerWebExchange;

/** How often somebody may deliver, and how often guess. Thread-safe. */
final class Limits {
    private static final double SECONDS_PER_MINUTE = 60;
    private static final int BURST_SECONDS = 10;
    private static final int NAME_FACTOR = 3;
    private static final int NETWORK_BYTES = 8;

    private final Allowance deliveries;
    private final Allowance guesses;
    private final Allowance guessesOfName;

    Limits(AccessProperties.Limits settings, LongSupplier nanoTime) {
        double perSecond = Math.max(1, settings.deliveriesPerSecond());
        double perMinute = Math.max(1, settings.loginsPerMinute());
        this.deliveries = new Allowance(perSecond, perSecond * BURST_SECONDS, nanoTime);
        this.guesses = new Allowance(perMinute / SECONDS_PER_MINUTE, perMinute, nanoTime);
        this.guessesOfName =
                new Allowance(NAME_FACTOR * perMinute / SECONDS_PER_MINUTE, NAME_FACTOR * perMinute, nanoTime);
    }

    /** @return 0, or the seconds until the next delivery may come */
    int delivery(ServerWebExchange exchange, Caller caller) {
        return deliveries.take(
                caller.origin() == Caller.Origin.TOKEN ? "token " + caller.name() : "from " + address(exchange));
    }

    /** Counts a guess at a user's password. @return 0, or the seconds until the next may be tried */
    int password(ServerWebExchange exchange, String name) {
        int wait = guesses.take(address(exchange));
        return wait > 0 ? wait : guessesOfName.take(name.toLowerCase(Locale.ROOT));
    }

    /** Counts a wrong token, or the start of a login elsewhere. @return as {@link #password} */
    int guess(ServerWebExchange exchange) {
        return guesses.take(address(exchange));
    }

    /** One machine has all addresses of an IPv6 network of 64 bits, and may not use them to get more tries. */
    static String address(ServerWebExchange exchange) {
        InetSocketAddress remote = exchange.getRequest().getRemoteAddress();
        InetAddress address = remote == null ? null : remote.getAddress();
        if (address instanceof Inet6Address) {
            return Base64.getEncoder().encodeToString(Arrays.copyOf(address.getAddress(), NETWORK_BYTES));
        }
        return address == null ? "" : address.getHostAddress();
    }
}
