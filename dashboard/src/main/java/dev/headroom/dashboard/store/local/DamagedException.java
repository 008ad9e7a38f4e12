package dev.headroom.dashboard.store.local;

/** What was read from a file is not what was written: the whole file is set aside. */
final class DamagedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DamagedException(String message) {
        super(message);
    }
}
