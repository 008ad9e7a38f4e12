package dev.headroom.core.weave;

import org.jspecify.annotations.Nullable;

/** Where an advice's parameter gets its value from, as its annotation says. Immutable. */
final class Binding {
    enum Source {
        HOOK,
        THIS,
        ARGUMENT,
        FIELD,
        ENTER,
        RETURN,
        THROWN
    }

    private final Source source;
    private final int argument;
    private final @Nullable String field;

    Binding(Source source, int argument, @Nullable String field) {
        this.source = source;
        this.argument = argument;
        this.field = field;
    }

    Source source() {
        return source;
    }

    /** Index of the woven method's argument. */
    int argument() {
        return argument;
    }

    /** Name of the field of the woven class. */
    @Nullable
    String field() {
        return field;
    }
}
