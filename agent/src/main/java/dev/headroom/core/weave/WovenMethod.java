package dev.headroom.core.weave;

/** One method that is to get one advice. Immutable. */
final class WovenMethod {
    private final String name;
    private final String descriptor;
    private final int number;
    private final String adviceClass;

    WovenMethod(ClassHeader.Member declared, int number, String adviceClass) {
        this.name = declared.name();
        this.descriptor = declared.descriptor();
        this.number = number;
        this.adviceClass = adviceClass;
    }

    String name() {
        return name;
    }

    String descriptor() {
        return descriptor;
    }

    /** The join point's number. */
    int number() {
        return number;
    }

    /** Binary name. */
    String adviceClass() {
        return adviceClass;
    }
}
