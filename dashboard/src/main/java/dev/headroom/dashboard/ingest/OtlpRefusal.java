package dev.headroom.dashboard.ingest;

import org.springframework.http.HttpStatus;

/** A request that is not accepted as a whole; the message is for the sender's log. */
final class OtlpRefusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final HttpStatus status;
    private final int grpcCode;

    private OtlpRefusal(HttpStatus status, int grpcCode, String message) {
        super(message);
        this.status = status;
        this.grpcCode = grpcCode;
    }

    /** Never to be repeated. */
    static OtlpRefusal malformed(String message) {
        return new OtlpRefusal(HttpStatus.BAD_REQUEST, 3, message);
    }

    static OtlpRefusal tooLarge(long maxBytes) {
        return new OtlpRefusal(
                HttpStatus.CONTENT_TOO_LARGE,
                8,
                "The request is larger than " + maxBytes
                        + " bytes, the limit that holds before and after decompression; send smaller batches");
    }

    static OtlpRefusal unsupported(String message) {
        return new OtlpRefusal(HttpStatus.UNSUPPORTED_MEDIA_TYPE, 3, message);
    }

    /** The sender may not write this. */
    static OtlpRefusal forbidden(String message) {
        return new OtlpRefusal(HttpStatus.FORBIDDEN, OtlpStatus.PERMISSION_DENIED, message);
    }

    /** To be repeated later. */
    static OtlpRefusal later(String message) {
        return new OtlpRefusal(HttpStatus.SERVICE_UNAVAILABLE, 14, message);
    }

    /** To be repeated later: more comes than can be taken. */
    static OtlpRefusal overloaded(String message) {
        return new OtlpRefusal(HttpStatus.TOO_MANY_REQUESTS, 8, message);
    }

    HttpStatus status() {
        return status;
    }

    /** As in google.rpc.Code. */
    int grpcCode() {
        return grpcCode;
    }

    String text() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
