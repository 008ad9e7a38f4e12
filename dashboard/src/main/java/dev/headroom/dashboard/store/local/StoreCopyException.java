package dev.headroom.dashboard.store.local;

/** A backup or a restore was not made; the message says why and what to do. */
public final class StoreCopyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StoreCopyException(String message) {
        super(message);
    }
}
