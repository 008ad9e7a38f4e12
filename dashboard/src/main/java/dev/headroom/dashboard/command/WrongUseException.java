package dev.headroom.dashboard.command;

/** A command's arguments make no sense; says what was found and expected. */
final class WrongUseException extends RuntimeException {
    private static final long serialVersionUID = 1;

    WrongUseException(String why) {
        super(why);
    }
}
