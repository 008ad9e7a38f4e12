package dev.headroom.capacity;

/** What cannot be measured, and what to do about it. */
final class CapacityFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    CapacityFailure(String message) {
        super(message);
    }
}
