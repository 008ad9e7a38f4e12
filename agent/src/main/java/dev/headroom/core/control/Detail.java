package dev.headroom.core.control;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How much the agent does for each operation, from most to least. Each level leaves out what the one before it had. */
public enum Detail {
    ALL("all"),
    /** No single calls are kept as examples. */
    NO_EXAMPLES("no-examples"),
    /** No patterns are derived from Redis keys either: one series per command, for all keys. Statement shapes stay. */
    NO_PATTERNS("no-patterns"),
    /** No clock is read either: operations are counted, exactly, and not timed. */
    COUNTS_ONLY("counts-only"),
    /** Nothing is begun. */
    OFF("off");

    private final String word;

    Detail(String word) {
        this.word = word;
    }

    /** The name in orders and on the wire, such as {@code counts-only}. */
    public String word() {
        return word;
    }

    public boolean examples() {
        return this == ALL;
    }

    public boolean patterns() {
        return compareTo(NO_PATTERNS) < 0;
    }

    public boolean timings() {
        return compareTo(COUNTS_ONLY) < 0;
    }

    /** False: the agent begins nothing. */
    public boolean counts() {
        return this != OFF;
    }

    /** The one that does less. */
    public Detail lower(Detail other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** As a gauge: 4 for everything down to 0 for nothing. */
    public int level() {
        int below = 0;
        for (Detail other : values()) {
            below += other.compareTo(this) > 0 ? 1 : 0;
        }
        return below;
    }

    /** Of every level, from most to least. */
    public static List<String> words() {
        List<String> words = new ArrayList<>();
        for (Detail detail : values()) {
            words.add(detail.word);
        }
        return words;
    }

    /** The level of that word, or null. */
    public static @Nullable Detail named(String word) {
        for (Detail detail : values()) {
            if (detail.word.equals(word)) {
                return detail;
            }
        }
        return null;
    }
}
