package dev.headroom.dashboard.page.access;

import dev.headroom.dashboard.access.Token;
import dev.headroom.dashboard.access.Tokens;
import dev.headroom.dashboard.access.User;
import dev.headroom.dashboard.access.Users;
import dev.headroom.dashboard.page.Figures;
import dev.headroom.dashboard.page.Frame;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every token and every user.
 *
 * @param made text of the token just made, shown this once; empty otherwise
 * @param problem what is wrong with what was just asked for, or empty
 */
public record AccessPage(
        List<TokenRow> tokens, List<UserRow> users, List<String> services, String made, String problem) {
    /** A token; times are for people. */
    public record TokenRow(
            String id, String scope, String service, String label, String created, String by, String lastUsed) {}

    /** A user. */
    public record UserRow(String name, String role, String changed) {}

    static AccessPage of(Frame frame, Tokens tokens, Users users, String made, String problem) {
        return new AccessPage(
                tokens.all().stream().map(token -> row(frame, token)).toList(),
                users.all().stream().map(AccessPage::row).toList(),
                frame.services(),
                made,
                problem);
    }

    private static TokenRow row(Frame frame, Token token) {
        return new TokenRow(
                token.id(),
                token.role().scope(),
                token.service() == null ? "any" : token.service(),
                token.label(),
                time(token.created()),
                token.createdBy(),
                used(frame.now(), token.lastUsed()));
    }

    private static UserRow row(User user) {
        return new UserRow(user.name(), user.role().word(), time(user.changed()));
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String used(Instant now, @Nullable Instant at) {
        return at == null ? "never" : Figures.age(Duration.between(at, now)) + " ago";
    }

    @Override
    public String toString() {
        return "AccessPage[" + tokens.size() + " tokens, " + users.size() + " users]";
    }
}
