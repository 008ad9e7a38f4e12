package dev.headroom.core.config;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * One option: where its text is found, how it is read and what it means. The README's table is written from these. Immutable and
 * thread-safe.
 *
 * @param <T> what the text becomes
 */
public final class Option<T> {
    private final String key;
    private final String standard;
    private final String meaning;
    private final OptionType<T> type;
    private final List<String> alsoFrom;

    /**
     * @param key without the prefix {@code headroom.}
     * @param standard the text that stands when nothing is given; must be readable
     * @param alsoFrom environment variables of others that are honoured below our own
     */
    Option(String key, String standard, String meaning, OptionType<T> type, String... alsoFrom) {
        this.key = key;
        this.standard = standard;
        this.meaning = meaning;
        this.type = type;
        this.alsoFrom = Collections.unmodifiableList(Arrays.asList(alsoFrom));
    }

    /** Name among the agent's arguments. */
    public String key() {
        return key;
    }

    /** Name of the system property. */
    public String property() {
        return "headroom." + key;
    }

    /** Name of the environment variable. */
    public String environment() {
        StringBuilder name = new StringBuilder("HEADROOM_");
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            name.append(c == '.' ? '_' : Character.toUpperCase(c));
        }
        return name.toString();
    }

    /** The default, as text. */
    public String standard() {
        return standard;
    }

    public String meaning() {
        return meaning;
    }

    /** What its text should look like; completes "expected ...". */
    public String expected() {
        return type.expected();
    }

    /** Environment variables of others that are honoured below our own. */
    public List<String> alsoFrom() {
        return alsoFrom;
    }

    /** @throws IllegalArgumentException if the text is none that is {@link #expected} */
    T read(String text) {
        return type.read(text.trim());
    }
}
