package dev.headroom.dashboard.store;

/** The disk does not keep up; the request was not stored and may be repeated. */
public final class StoreOverloadedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StoreOverloadedException(String message) {
        super(message);
    }
}
