package dev.headroom.dashboard.budget;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a budget's check came to, worst last. */
public enum Verdict {
    NO_DATA("NO DATA"),
    PASS("PASS"),
    WARN("WARN"),
    FAIL("FAIL");

    private final String label;

    Verdict(String label) {
        this.label = label;
    }

    /** As shown and as in JSON. */
    @JsonValue
    public String label() {
        return label;
    }
}
