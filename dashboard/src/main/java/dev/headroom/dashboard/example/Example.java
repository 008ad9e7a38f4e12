package dev.headroom.dashboard.example;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request, or something single outside of requests, that was kept with what ran in it. Times are milliseconds. Immutable.
 *
 * @param kind {@value #REQUEST} for a request; else it is a single statement or command
 * @param reason why it was kept: {@code slow}, {@code failed}, {@code budget}, {@code repeated} or {@code normal}
 * @param route template; null outside of requests
 * @param status null where there was no answer
 * @param rows read or changed by its statements; null where nobody counted them
 * @param fingerprints of its statements, each once
 * @param calls in the order of their begin
 * @param callsLeftOut so many more ran than are listed
 * @param problem why the calls cannot be told; null when they can
 */
public record Example(
        String id,
        String service,
        String instance,
        Instant start,
        String kind,
        String reason,
        @Nullable String method,
        @Nullable String route,
        @Nullable Integer status,
        @Nullable String errorType,
        @Nullable String errorMessage,
        @Nullable String thread,
        @Nullable String traceId,
        double durationMs,
        @Nullable Split split,
        @Nullable Long rows,
        List<String> fingerprints,
        List<Call> calls,
        long callsLeftOut,
        @Nullable String problem) {
    /** A served request, not a single call. */
    public static final String REQUEST = "request";

    /** Where the time went; calls that ran side by side may add up to more than the whole. */
    public record Split(double dbMs, double redisMs, double httpMs, double poolMs, double ownMs) {}

    /**
     * What ran: one call, or the same one again and again.
     *
     * @param kind {@code sql}, {@code redis}, {@code http}, {@code pool}, {@code cache}, {@code transaction} or {@code commit}
     * @param text statement without literals, key pattern, or method and host
     * @param startMs after the begin of the example; of the first of several
     * @param durationMs of all of them together
     * @param longestMs of the longest
     * @param count how many
     * @param valueBytes of the values that Redis commands read or wrote, together
     * @param transaction which of the request's transactions it was within, counted from 1; null for none, or for different ones
     * @param hit whether the lookup found something; null for what is no lookup
     * @param caller where in the application, as {@code Class.method(File.java:123)}; null where it is not known
     */
    public record Call(
            String kind,
            String operation,
            String text,
            @Nullable String fingerprint,
            double startMs,
            double durationMs,
            double longestMs,
            long count,
            @Nullable Long rows,
            @Nullable Long valueBytes,
            @Nullable Long transaction,
            @Nullable Boolean hit,
            @Nullable String errorType,
            @Nullable String caller,
            @Nullable String thread) {}

    /** What a list shows: everything but the calls. */
    public record Summary(
            String id,
            String service,
            String instance,
            Instant start,
            String kind,
            String reason,
            @Nullable String method,
            @Nullable String route,
            @Nullable Integer status,
            @Nullable String errorType,
            double durationMs,
            @Nullable Split split,
            @Nullable Long rows,
            List<String> fingerprints,
            long calls) {}

    public Summary summary() {
        return new Summary(
                id,
                service,
                instance,
                start,
                kind,
                reason,
                method,
                route,
                status,
                errorType,
                durationMs,
                split,
                rows,
                fingerprints,
                callsLeftOut + calls.stream().mapToLong(Call::count).sum());
    }

    public boolean request() {
        return kind.equals(REQUEST);
    }

    /** "GET /pets/{id}", or what the single call was. */
    public String name() {
        if (route != null) {
            return method == null ? route : method + " " + route;
        }
        return calls.isEmpty() ? kind : calls.get(0).text();
    }
}
