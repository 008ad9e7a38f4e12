package dev.headroom.core.hook.httpserver;

import org.jspecify.annotations.Nullable;

/** The methods that are told apart; whatever else a client sends is {@link #OTHER}. */
enum HttpMethod {
    GET,
    HEAD,
    POST,
    PUT,
    PATCH,
    DELETE,
    OPTIONS,
    TRACE,
    CONNECT,
    OTHER;

    private static final HttpMethod[] KNOWN = values();

    /** The attribute's value. */
    String text() {
        return this == OTHER ? "_OTHER" : name();
    }

    static HttpMethod of(@Nullable String name) {
        for (HttpMethod method : KNOWN) {
            if (method != OTHER && method.name().equals(name)) {
                return method;
            }
        }
        return OTHER;
    }
}
