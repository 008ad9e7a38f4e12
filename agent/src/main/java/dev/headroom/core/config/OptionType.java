package dev.headroom.core.config;

/**
 * How the text of an option is read, and what it should look like. Classes rather than lambdas: linking those is a good part of the
 * time that the agent may add to a start. Immutable.
 *
 * @param <T> what the text becomes
 */
abstract class OptionType<T> {
    private final String expected;

    OptionType(String expected) {
        this.expected = expected;
    }

    /** Completes "expected ...". */
    final String expected() {
        return expected;
    }

    /** @throws IllegalArgumentException if the text is none that is {@link #expected} */
    abstract T read(String text);
}
