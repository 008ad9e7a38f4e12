package dev.headroom.dashboard.control;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How much an agent does for each operation, from most to least. Words and numbers are those of the agent's own levels. */
public enum DetailLevel {
    ALL("all", "everything"),
    NO_EXAMPLES("no-examples", "no examples"),
    NO_PATTERNS("no-patterns", "no key patterns"),
    COUNTS_ONLY("counts-only", "counts only"),
    OFF("off", "off");

    private final String word;
    private final String title;

    DetailLevel(String word, String title) {
        this.word = word;
        this.title = title;
    }

    /** In orders and in JSON. */
    public String word() {
        return word;
    }

    /** On pages. */
    public String title() {
        return title;
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(DetailLevel::word).toList();
    }

    public static @Nullable DetailLevel named(String word) {
        return Arrays.stream(values())
                .filter(level -> level.word.equals(word))
                .findFirst()
                .orElse(null);
    }

    /** From an agent's gauge: 4 for everything down to 0 for off; null for a number that no agent sends. */
    static @Nullable DetailLevel reported(double level) {
        int below = (int) level;
        DetailLevel[] levels = values();
        return below < 0 || below >= levels.length ? null : levels[levels.length - 1 - below];
    }
}
