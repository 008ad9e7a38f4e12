package dev.headroom.dashboard.access;

/** A token or a user that cannot be made or changed like this; says what was found, what was expected and what to do. */
public final class WrongAccessException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String error;
    private final String found;
    private final String expected;
    private final String hint;
    private final boolean unknown;

    WrongAccessException(String error, String found, String expected, String hint, boolean unknown) {
        super(error + ": found " + found + ", expected " + expected + ". " + hint);
        this.error = error;
        this.found = found;
        this.expected = expected;
        this.hint = hint;
        this.unknown = unknown;
    }

    static WrongAccessException of(String error, String found, String expected, String hint) {
        return new WrongAccessException(error, found, expected, hint, false);
    }

    static WrongAccessException unknown(String error, String found, String expected, String hint) {
        return new WrongAccessException(error, found, expected, hint, true);
    }

    public String error() {
        return error;
    }

    public String found() {
        return found;
    }

    public String expected() {
        return expected;
    }

    public String hint() {
        return hint;
    }

    /** Whether it is about something that is not there. */
    public boolean unknown() {
        return unknown;
    }
}
