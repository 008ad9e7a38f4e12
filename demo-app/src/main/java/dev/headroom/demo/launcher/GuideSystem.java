package dev.headroom.demo.launcher;

import java.util.Locale;

/** The services of the five guides, in the order of the guides. */
enum GuideSystem {
    PETCARE("/optimised/pets/1"),
    CLINIC("/optimised/patients/1"),
    JOURNAL("/optimised/profiles/1"),
    TASKS("/optimised/users/1"),
    STUDY("/optimised/subjects/1");

    private final String firstRequest;

    GuideSystem(String firstRequest) {
        this.firstRequest = firstRequest;
    }

    /** Of the service, of its Spring profile and of its schema. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Asked until the service answers. */
    String firstRequest() {
        return firstRequest;
    }
}
