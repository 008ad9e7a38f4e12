package dev.headroom.dashboard.access;

import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/**
 * Who makes a request. Immutable.
 *
 * @param name of the person or the token, for people to read and as "made by"
 * @param service the only one it may write as and read orders of; null for every service
 */
public record Caller(String name, Role role, @Nullable String service, Origin origin) {
    /** How it is known who it is. */
    public enum Origin {
        /** On loopback and without any credentials set up: whoever works on this machine. */
        MACHINE,
        /** A token in the request. */
        TOKEN,
        /** The browser presented {@code headroom.token} once. */
        TOKEN_COOKIE,
        /** Logged in with name and password. */
        PASSWORD,
        /** Logged in at an OpenID provider. */
        PROVIDER
    }

    static final Caller MACHINE = new Caller("this machine", Role.ADMIN, null, Origin.MACHINE);
    private static final String ATTRIBUTE = Caller.class.getName();

    /** Of the request; a page that is shown without any access control is this machine's. */
    public static Caller of(ServerWebExchange exchange) {
        return exchange.getAttributeOrDefault(ATTRIBUTE, MACHINE);
    }

    static @Nullable Caller known(ServerWebExchange exchange) {
        return exchange.getAttribute(ATTRIBUTE);
    }

    void tell(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }

    public boolean admin() {
        return role == Role.ADMIN;
    }

    /** Whether there is a login to end. */
    public boolean loggedIn() {
        return origin == Origin.PASSWORD || origin == Origin.PROVIDER || origin == Origin.TOKEN_COOKIE;
    }

    /** Whether it has a password here. */
    public boolean person() {
        return origin == Origin.PASSWORD;
    }
}
