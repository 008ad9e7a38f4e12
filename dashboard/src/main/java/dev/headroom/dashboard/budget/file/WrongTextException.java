package dev.headroom.dashboard.budget.file;

/** A text that does not follow the grammar; its message completes "found …;". The reader adds file, line and column. */
final class WrongTextException extends Exception {
    private static final long serialVersionUID = 1;

    /** Where in the text the trouble begins, from 0. */
    private final int offset;

    private final String expected;

    WrongTextException(int offset, String message) {
        super(message);
        this.expected = message;
        this.offset = offset;
    }

    /** What was expected. */
    String expected() {
        return expected;
    }

    int offset() {
        return offset;
    }
}
