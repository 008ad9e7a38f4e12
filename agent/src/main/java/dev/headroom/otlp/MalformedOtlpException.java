package dev.headroom.otlp;

/** What arrived is not OTLP; the message says where and what was expected. */
public final class MalformedOtlpException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public MalformedOtlpException(String message) {
        super(message);
    }
}
