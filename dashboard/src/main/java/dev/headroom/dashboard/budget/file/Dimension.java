package dev.headroom.dashboard.budget.file;

/** What kind of amount a quantity or a limit is; only amounts of one dimension compare. */
public enum Dimension {
    /** In seconds. */
    TIME("a duration such as 50ms"),
    /** In bytes. */
    SIZE("a size such as 100KiB"),
    /** A share of one. */
    SHARE("a share such as 5%"),
    /** Per second. */
    RATE("a rate such as 10/s"),
    /** Without unit. */
    NUMBER("a number without unit"),
    /** A word such as 5xx, hit, error. */
    WORD("a word"),
    /** Counted when present. */
    FLAG("no value"),
    /** In the unit of a metric that somebody else named: any unit may be written. */
    AMOUNT("an amount");

    private final String expected;

    Dimension(String expected) {
        this.expected = expected;
    }

    /** Whether each event has an amount of it, which is held against limits one by one. */
    public boolean counted() {
        return this == TIME || this == SIZE || this == NUMBER || this == AMOUNT;
    }

    /** Whether such amounts of events are whole numbers. */
    public boolean whole() {
        return this == SIZE || this == NUMBER;
    }

    /** For messages: "a duration such as 50ms". */
    String expected() {
        return expected;
    }
}
