package dev.headroom.demo.launcher;

/** The demo cannot go on; the message is for the person who started it and says what to do. */
final class DemoFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    DemoFailure(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
