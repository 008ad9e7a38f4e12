package dev.headroom.dashboard.store;

import org.jspecify.annotations.Nullable;

/**
 * Which examples are looked for: those that meet all that is given. An example is an event with an {@link #ID}.
 *
 * @param service null for every service
 * @param range null for all times
 * @param method such as {@code GET}; null for every one
 * @param route template; null for every one
 * @param fingerprint of a statement that ran in it; null for every one
 * @param reason why it was kept; null for every one
 * @param most at most so many, from 1 to {@value #MOST}
 */
public record ExampleSearch(
        @Nullable String service,
        @Nullable TimeRange range,
        @Nullable String method,
        @Nullable String route,
        @Nullable String fingerprint,
        @Nullable String reason,
        Order order,
        int most) {
    /** Which come first. */
    public enum Order {
        NEWEST,
        SLOWEST
    }

    public static final int MOST = 1_000;

    /** The attributes by which an example is found. */
    public static final String ID = "headroom.example.id";

    public static final String REASON = "headroom.example.reason";
    public static final String KIND = "headroom.example.kind";
    public static final String DURATION = "headroom.duration.ns";
    public static final String METHOD = "http.request.method";
    public static final String ROUTE = "http.route";
    /** Of several statements: separated by commas. */
    public static final String FINGERPRINTS = "headroom.query.fingerprint";

    public ExampleSearch {
        if (most < 1 || most > MOST) {
            throw new IllegalArgumentException(most + " examples were asked for; expected 1 to " + MOST);
        }
    }

    /** The newest of the service in the range. */
    public static ExampleSearch newest(String service, TimeRange range, int most) {
        return new ExampleSearch(service, range, null, null, null, null, Order.NEWEST, most);
    }
}
