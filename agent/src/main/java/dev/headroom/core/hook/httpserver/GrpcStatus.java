package dev.headroom.core.hook.httpserver;

import org.jspecify.annotations.Nullable;

/**
 * The status codes of gRPC with the HTTP status that google.rpc.Code names for each: 500 and above for those that the RPC semantic
 * conventions call the server's errors.
 */
enum GrpcStatus {
    OK(200),
    CANCELLED(499),
    UNKNOWN(500),
    INVALID_ARGUMENT(400),
    DEADLINE_EXCEEDED(504),
    NOT_FOUND(404),
    ALREADY_EXISTS(409),
    PERMISSION_DENIED(403),
    RESOURCE_EXHAUSTED(429),
    FAILED_PRECONDITION(400),
    ABORTED(409),
    OUT_OF_RANGE(400),
    UNIMPLEMENTED(501),
    INTERNAL(500),
    UNAVAILABLE(503),
    DATA_LOSS(500),
    UNAUTHENTICATED(401);

    private static final GrpcStatus[] KNOWN = values();

    private final int http;

    GrpcStatus(int http) {
        this.http = http;
    }

    /** What it is among statuses of HTTP. */
    int http() {
        return http;
    }

    /** @param code as the library names it */
    static GrpcStatus of(@Nullable String code) {
        for (GrpcStatus each : KNOWN) {
            if (each.name().equals(code)) {
                return each;
            }
        }
        return UNKNOWN;
    }
}
