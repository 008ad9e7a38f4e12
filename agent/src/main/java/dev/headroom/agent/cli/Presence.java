package dev.headroom.agent.cli;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** That Headroom runs in a JVM, in which version and since when: what the agent wrote among that JVM's agent properties. Immutable. */
final class Presence {
    private static final String RUNNING = "headroom.agent.running";

    private static final DateTimeFormatter SINCE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final String told;

    private Presence(String told) {
        this.told = told;
    }

    /** Null when no agent runs in the JVM. */
    static @Nullable Presence of(Attached jvm) throws Refusal {
        return of(jvm.notices());
    }

    static @Nullable Presence of(Properties properties) {
        String told = properties.getProperty(RUNNING);
        return told == null ? null : new Presence(told);
    }

    /** Such as "0.1.0 since 2026-11-21 09:50:12". */
    @Override
    public String toString() {
        int blank = told.lastIndexOf(' ');
        try {
            LocalDateTime since = LocalDateTime.ofInstant(
                    Instant.ofEpochMilli(Long.parseLong(told.substring(blank + 1))), ZoneId.systemDefault());
            return told.substring(0, Math.max(blank, 0)) + " since " + since.format(SINCE);
        } catch (NumberFormatException newer) {
            return told;
        }
    }
}
