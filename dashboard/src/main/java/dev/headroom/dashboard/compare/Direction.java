package dev.headroom.dashboard.compare;

import com.fasterxml.jackson.annotation.JsonValue;

/** Which way an operation, or one of its figures, went; those that want attention first. */
public enum Direction {
    WORSE("worse"),
    MIXED("mixed"),
    BETTER("better"),
    NEW("new"),
    GONE("gone"),
    NO_EVIDENCE("no evidence");

    private final String word;

    Direction(String word) {
        this.word = word;
    }

    @JsonValue
    public String word() {
        return word;
    }

    /** What two figures of one operation say together. */
    Direction and(Direction other) {
        if (this == NO_EVIDENCE || this == other) {
            return other;
        }
        return other == NO_EVIDENCE ? this : MIXED;
    }
}
