package dev.headroom.dashboard.command;

import org.jspecify.annotations.Nullable;

/** How lists are printed: columns for people, one line each for programs. Stateless. */
final class Lines {
    private Lines() {}

    static String token(
            String id,
            String scope,
            @Nullable String service,
            String label,
            String created,
            @Nullable String lastUsed) {
        return "%s  %-6s  service %s  made %s  last used %s%s"
                .formatted(
                        id,
                        scope,
                        service == null ? "any" : service,
                        created,
                        lastUsed == null ? "never" : lastUsed,
                        label.isEmpty() ? "" : "  " + label);
    }

    static String user(String name, String role, String changed) {
        return "%s  %s  changed %s".formatted(name, role, changed);
    }
}
