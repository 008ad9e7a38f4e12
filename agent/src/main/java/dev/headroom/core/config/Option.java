package dev.headroom.core.config;

import java.util.function.Function;

/**
 * One option: where its text is found, how it is read and what it means. The README's table is written from these. Immutable and
 * thread-safe.
 *
 * @param <T> what the text becomes
 */
public final class Option<T> {
    private final String key;
    private final String unit;
    private final String standard;
    private final String meaning;
    private final String expected;
    private final Function<String, T> reader;
    private final String[] alsoFrom;

    /**
     * @param key without the prefix {@code headroom.}
     * @param unit of the value, or empty
     * @param standard the text that stands when nothing is given; must be readable
     * @param expected what the reader takes, for the message to whoever gave something else
     * @param reader throws IllegalArgumentException on text it does not take
     * @param alsoFrom environment variables of others that are honoured below our own
     */
    Option(
            String key,
            String unit,
            String standard,
            String meaning,
            String expected,
            Function<String, T> reader,
            String... alsoFrom) {
        this.key = key;
        this.unit = unit;
        this.standard = standard;
        this.meaning = meaning;
        this.expected = expected;
        this.reader = reader;
        this.alsoFrom = alsoFrom;
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

    public String unit() {
        return unit;
    }

    /** The default, as text. */
    public String standard() {
        return standard;
    }

    public String meaning() {
        return meaning;
    }

    public String expected() {
        return expected;
    }

    String[] alsoFrom() {
        return alsoFrom;
    }

    /** @throws IllegalArgumentException if the text is none that is {@link #expected} */
    T read(String text) {
        return reader.apply(text.trim());
    }
}
