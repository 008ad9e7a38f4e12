package dev.headroom.dashboard.compare;

/** A side that is not there, or not said as it is read. */
public final class WrongSideException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String found;
    private final String expected;

    WrongSideException(String found, String expected) {
        super("“" + found + "” is no side of a comparison; expected " + expected);
        this.found = found;
        this.expected = expected;
    }

    public String found() {
        return found;
    }

    public String expected() {
        return expected;
    }
}
