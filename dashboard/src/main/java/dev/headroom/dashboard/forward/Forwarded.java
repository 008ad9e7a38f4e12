package dev.headroom.dashboard.forward;

import java.util.Map;

/** A request to pass on as it came: compressed as it was, its number with it. Immutable by convention. */
final class Forwarded {
    private static final int OVERHEAD = 512;

    private final String path;
    private final Map<String, String> headers;
    private final byte[] body;

    /** @param body kept, not copied */
    Forwarded(String path, Map<String, String> headers, byte[] body) {
        this.path = path;
        this.headers = headers;
        this.body = body;
    }

    String path() {
        return path;
    }

    Map<String, String> headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    /** Heap that it takes while it waits, estimated. */
    long weight() {
        return (long) body.length + OVERHEAD;
    }
}
