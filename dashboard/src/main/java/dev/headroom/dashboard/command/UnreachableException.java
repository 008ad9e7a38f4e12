package dev.headroom.dashboard.command;

/** What a command needs cannot be reached: the dashboard, or a file. */
final class UnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnreachableException(String why, Throwable cause) {
        super(why, cause);
    }

    UnreachableException(String why) {
        super(why);
    }
}
