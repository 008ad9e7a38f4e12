package dev.headroom.demo.load;

import org.jspecify.annotations.Nullable;

/**
 * One request to make.
 *
 * @param route "METHOD template", the name under which it is counted
 * @param path path and query, to be resolved against the shop's address
 * @param body JSON, or null for a request without one
 */
public record Ask(
        String route, String method, String path, @Nullable String body) {
    /** A request without a body. */
    static Ask of(String method, String template, String path) {
        return new Ask(method + " " + template, method, path, null);
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
