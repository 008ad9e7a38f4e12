package dev.headroom.core.hook.httpserver;

import org.jspecify.annotations.Nullable;

/** How the body of an answer went over the wire, as far as compressing it was possible at all. */
enum BodyEncoding {
    /** Not told: no text, or the client offered no encoding. */
    NONE(null),
    IDENTITY("identity"),
    GZIP("gzip"),
    DEFLATE("deflate"),
    BROTLI("br"),
    ZSTANDARD("zstd"),
    OTHER("other");

    private static final BodyEncoding[] KNOWN = values();

    private final @Nullable String token;

    BodyEncoding(@Nullable String token) {
        this.token = token;
    }

    /** The attribute's value; null for {@link #NONE}. */
    @Nullable
    String token() {
        return token;
    }

    /**
     * Of the header {@code Content-Encoding}; without one the body went out as it is.
     *
     * @param contentType of the answer: only texts shrink
     */
    static BodyEncoding of(@Nullable String contentType, @Nullable String contentEncoding) {
        if (!isText(contentType)) {
            return NONE;
        }
        if (contentEncoding == null) {
            return IDENTITY;
        }
        for (BodyEncoding each : KNOWN) {
            if (each.token != null && each.token.equalsIgnoreCase(contentEncoding)) {
                return each;
            }
        }
        return OTHER;
    }

    /** Media types whose bodies are words. */
    static boolean isText(@Nullable String contentType) {
        if (contentType == null || contentType.startsWith("text/event-stream")) {
            return false;
        }
        return contentType.startsWith("text/")
                || contentType.startsWith("application/json")
                || contentType.startsWith("application/javascript")
                || contentType.startsWith("application/xml")
                || contentType.startsWith("image/svg+xml")
                || contentType.contains("+json")
                || contentType.contains("+xml");
    }
}
