package dev.headroom.dashboard.refusal;

/** Something asked for that is not done: tells who asked what was found, what was expected and what to do. Nothing was changed. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Why. */
    public enum Kind {
        /** It is written wrongly. */
        BAD,
        /** Whoever asks may not. */
        FORBIDDEN,
        /** It is about something that is not there. */
        UNKNOWN,
        /** It does not fit the state that things are in. */
        CONFLICT,
        /** Too much of it goes on already. */
        BUSY
    }

    private final Kind kind;
    private final String error;
    private final String found;
    private final String expected;
    private final String hint;

    private RefusedException(Kind kind, String error, String found, String expected, String hint) {
        super(error + ": found " + found + ", expected " + expected + ". " + hint);
        this.kind = kind;
        this.error = error;
        this.found = found;
        this.expected = expected;
        this.hint = hint;
    }

    public static RefusedException bad(String error, String found, String expected, String hint) {
        return new RefusedException(Kind.BAD, error, found, expected, hint);
    }

    public static RefusedException forbidden(String error, String found, String expected, String hint) {
        return new RefusedException(Kind.FORBIDDEN, error, found, expected, hint);
    }

    public static RefusedException unknown(String error, String found, String expected, String hint) {
        return new RefusedException(Kind.UNKNOWN, error, found, expected, hint);
    }

    public static RefusedException conflict(String error, String found, String expected, String hint) {
        return new RefusedException(Kind.CONFLICT, error, found, expected, hint);
    }

    public static RefusedException busy(String error, String found, String expected, String hint) {
        return new RefusedException(Kind.BUSY, error, found, expected, hint);
    }

    public Kind kind() {
        return kind;
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
}
