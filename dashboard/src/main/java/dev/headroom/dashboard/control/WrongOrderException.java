package dev.headroom.dashboard.control;

/** An order that cannot be given; tells who gave it what was found, what was expected and what to do. */
public final class WrongOrderException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String error;
    private final String found;
    private final String expected;
    private final String hint;
    private final boolean unknown;

    WrongOrderException(String error, String found, String expected, String hint, boolean unknown) {
        super(error + ": found " + found + ", expected " + expected + ". " + hint);
        this.error = error;
        this.found = found;
        this.expected = expected;
        this.hint = hint;
        this.unknown = unknown;
    }

    /** Of something that is written wrongly. */
    public static WrongOrderException of(String error, String found, String expected, String hint) {
        return new WrongOrderException(error, found, expected, hint, false);
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

    /** Whether it is about a service or an instance that never reported. */
    public boolean unknown() {
        return unknown;
    }
}
