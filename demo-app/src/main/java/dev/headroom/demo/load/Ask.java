package dev.headroom.demo.load;

import org.jspecify.annotations.Nullable;

/**
 * One request to make.
 *
 * @param route "METHOD template", the name under which it is counted
 * @param path path and query, to be resolved against the shop's address
 * @param body JSON, or null for a request without one
 * @param offersGzip whether the client takes the answer compressed, as browsers do
 */
public record Ask(
        String route, String method, String path, @Nullable String body, boolean offersGzip) {
    public Ask(String route, String method, String path, @Nullable String body) {
        this(route, method, path, body, false);
    }

    /** A request without a body. */
    static Ask of(String method, String template, String path) {
        return new Ask(method + " " + template, method, path, null);
    }

    Ask offeringGzip() {
        return new Ask(route, method, path, body, true);
    }

    /** A GET counted under its own path. */
    public static Ask get(String path) {
        return of("GET", path, path);
    }

    /** A POST of JSON counted under its own path. */
    public static Ask post(String path, String body) {
        return new Ask("POST " + path, "POST", path, body);
    }
}
