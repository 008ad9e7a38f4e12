package dev.headroom.dashboard.access;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What somebody is let do. People are viewers or admins; tokens have a scope, which is one of these. */
public enum Role {
    /** Everything, changes included; also whatever the others may. */
    ADMIN("admin", "admin"),
    /** Reads pages, API and metrics. */
    VIEWER("viewer", "read"),
    /** What a build may: reads the API, has stretches of time judged and keeps runs. Of tokens only. */
    BUILD("build", "check"),
    /** Delivers measurements and reads the orders for the service it was made for. */
    AGENT("agent", "ingest");

    private final String word;
    private final String scope;

    Role(String word, String scope) {
        this.word = word;
        this.scope = scope;
    }

    /** As a person's role. */
    public String word() {
        return word;
    }

    /** As a token's scope. */
    public String scope() {
        return scope;
    }

    /** As Spring Security names it. */
    String authority() {
        return "ROLE_" + name();
    }

    /** A role that a person can have; null for any other word. */
    static @Nullable Role ofPerson(@Nullable String word) {
        Role role = Arrays.stream(values())
                .filter(each -> each.word.equals(word))
                .findFirst()
                .orElse(null);
        return role == AGENT || role == BUILD ? null : role;
    }

    static @Nullable Role ofScope(@Nullable String scope) {
        return Arrays.stream(values())
                .filter(each -> each.scope.equals(scope))
                .findFirst()
                .orElse(null);
    }
}
