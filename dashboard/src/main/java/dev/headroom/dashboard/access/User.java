package dev.headroom.dashboard.access;

import java.time.Instant;

/**
 * A person who logs in here. Immutable.
 *
 * @param password encoded, with the name of its encoding
 * @param changed when password or role were set last; older logins have ended
 */
public record User(String name, Role role, String password, Instant created, Instant changed) {
    static User read(String name, String text) {
        Fields fields = Fields.read(text);
        Role role = Role.ofPerson(fields.text("role"));
        Instant created = fields.instant("created");
        Instant changed = fields.instant("changed");
        return new User(
                name,
                role == null ? Role.VIEWER : role,
                fields.text("password"),
                created == null ? Instant.EPOCH : created,
                changed == null ? Instant.EPOCH : changed);
    }

    String text() {
        return new Fields()
                .with("role", role.word())
                .with("password", password)
                .with("created", created)
                .with("changed", changed)
                .toString();
    }

    Caller caller() {
        return new Caller(name, role, null, Caller.Origin.PASSWORD);
    }

    @Override
    public String toString() {
        return "User[" + name + ", " + role.word() + "]";
    }
}
