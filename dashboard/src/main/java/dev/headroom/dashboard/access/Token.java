package dev.headroom.dashboard.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token as the dashboard keeps it: never the token itself. Immutable.
 *
 * @param id public part, in lists and logs
 * @param service that it may write as; null for every one
 * @param label what people call it
 * @param digest SHA-256 of the secret part, hexadecimal
 * @param lastUsed to a minute; null when it never was
 */
public record Token(
        String id,
        Role role,
        @Nullable String service,
        String label,
        String digest,
        Instant created,
        String createdBy,
        @Nullable Instant lastUsed) {
    static Token read(String id, String text) {
        Fields fields = Fields.read(text);
        Role role = Role.ofScope(fields.text("scope"));
        Instant created = fields.instant("created");
        return new Token(
                id,
                // A scope of a newer dashboard is let do the least.
                role == null ? Role.AGENT : role,
                role == null ? "" : fields.textOrNull("service"),
                fields.text("label"),
                fields.text("sha256"),
                created == null ? Instant.EPOCH : created,
                fields.text("by"),
                fields.instant("used"));
    }

    String text() {
        return new Fields()
                .with("scope", role.scope())
                .with("service", service)
                .with("label", label)
                .with("sha256", digest)
                .with("created", created)
                .with("by", createdBy)
                .with("used", lastUsed)
                .toString();
    }

    Token usedAt(Instant at) {
        return new Token(id, role, service, label, digest, created, createdBy, at);
    }

    Caller caller() {
        return new Caller(
                "token " + (label.isEmpty() ? id : label + " (" + id + ")"), role, service, Caller.Origin.TOKEN);
    }
}
