package dev.headroom.dashboard.command;

/** A command was not carried out; says why. */
final class CommandFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    CommandFailedException(String why) {
        super(why);
    }
}
