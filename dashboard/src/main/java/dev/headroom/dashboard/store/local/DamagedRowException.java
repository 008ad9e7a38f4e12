package dev.headroom.dashboard.store.local;

/** One row is not what was written; the rest of the file may be. */
final class DamagedRowException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DamagedRowException(String message) {
        super(message);
    }
}
