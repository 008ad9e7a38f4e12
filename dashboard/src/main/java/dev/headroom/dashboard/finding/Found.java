package dev.headroom.dashboard.finding;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one check found; see {@link Finding} for what its parts mean. */
record Found(
        FindingKind kind,
        String subject,
        @Nullable String route,
        @Nullable String caller,
        List<String> evidence,
        @Nullable Double savingMsPerMinute,
        String cause,
        String fix,
        List<String> details) {
    Found(
            FindingKind kind,
            String subject,
            @Nullable String route,
            @Nullable String caller,
            List<String> evidence,
            @Nullable Double savingMsPerMinute,
            String cause,
            String fix) {
        this(kind, subject, route, caller, evidence, savingMsPerMinute, cause, fix, List.of());
    }

    /** The same thing found again has the same key, wherever its line moved to. */
    String key() {
        return kind.id() + '\n' + (route == null ? "" : route) + '\n' + subject;
    }
}
