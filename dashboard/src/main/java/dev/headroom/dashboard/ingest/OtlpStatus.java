package dev.headroom.dashboard.ingest;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/** The answer to an OTLP request that was refused before it was read: a {@code google.rpc.Status} in the request's encoding. Immutable. */
public final class OtlpStatus {
    /** Not known who asks. */
    public static final int UNAUTHENTICATED = 16;

    /** Known, but not let do that. */
    public static final int PERMISSION_DENIED = 7;

    /** Too much; to be repeated later. */
    public static final int RESOURCE_EXHAUSTED = 8;

    private final OtlpEncoding encoding;
    private final int code;
    private final String message;

    private OtlpStatus(OtlpEncoding encoding, int code, String message) {
        this.encoding = encoding;
        this.code = code;
        this.message = message;
    }

    /** @param requested the request's Content-Type */
    public static OtlpStatus of(@Nullable MediaType requested, int code, String message) {
        OtlpEncoding encoding = OtlpEncoding.of(requested);
        return new OtlpStatus(encoding == null ? OtlpEncoding.JSON : encoding, code, message);
    }

    public MediaType type() {
        return encoding.mediaType();
    }

    public byte[] body() {
        return encoding.status(code, message);
    }
}
