package dev.headroom.dashboard.store;

import org.jspecify.annotations.Nullable;

/** The store cannot be opened, read or written; the message says which file and what to do. */
public final class StoreUnusableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StoreUnusableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
