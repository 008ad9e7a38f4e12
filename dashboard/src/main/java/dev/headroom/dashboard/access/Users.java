package dev.headroom.dashboard.access;

import dev.headroom.dashboard.refusal.RefusedException;
import dev.headroom.dashboard.store.SettingStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.crypto.password.PasswordEncoder;

/** People with a password here. Thread-safe; everything but {@link #named} and {@link #none} may block, on disk or on the CPU. */
public final class Users {
    /** What bcrypt reads of a password; the rest would not count. */
    static final int LONGEST_PASSWORD_BYTES = 72;

    static final int SHORTEST_PASSWORD = 12;
    private static final Logger LOG = LoggerFactory.getLogger(Users.class);
    private static final String KIND = "user";
    private static final int MOST = 10_000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");

    private final SettingStore store;
    private final PasswordEncoder encoder;
    private final InstantSource clock;
    /** Compared with where there is no such user, so that an answer's time does not tell who exists. */
    private final String nobodysPassword;

    private final Map<String, User> users = new ConcurrentHashMap<>();
    /** Held while the store and the map are changed together. */
    private final Object changing = new Object();

    public Users(SettingStore store, PasswordEncoder encoder, InstantSource clock) {
        this.store = store;
        this.encoder = encoder;
        this.clock = clock;
        this.nobodysPassword = encode(encoder, "nobody's password");
        store.settings(KIND).forEach((name, text) -> users.put(name, User.read(name, text)));
    }

    /** By name. */
    public List<User> all() {
        return users.values().stream().sorted(Comparator.comparing(User::name)).toList();
    }

    boolean none() {
        return users.isEmpty();
    }

    @Nullable
    User named(String name) {
        return users.get(name);
    }

    /** The user, when the password is the right one; else null, after the same time. */
    @Nullable
    User verify(@Nullable String name, @Nullable String password) {
        User user = name == null ? null : users.get(name);
        String given = password == null || bytes(password) > LONGEST_PASSWORD_BYTES ? "" : password;
        boolean right = encoder.matches(given, user == null ? nobodysPassword : user.password());
        return right ? user : null;
    }

    /** @throws RefusedException when it cannot be made; nothing was changed */
    public User create(@Nullable String name, @Nullable String roleWord, @Nullable String password, String by) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw RefusedException.bad(
                    "Wrong name of a user",
                    name == null ? "none" : name,
                    "letters, digits, . _ @ -, at most 64, beginning with a letter or a digit",
                    "For example anna or anna@example.org.");
        }
        Role role = role(roleWord);
        String encoded = encoded(password);
        User user = new User(name, role, encoded, clock.instant(), clock.instant());
        synchronized (changing) {
            if (users.containsKey(name)) {
                throw RefusedException.bad(
                        "The user is there already",
                        name,
                        "a new name",
                        "To set another password or role, change the user instead.");
            }
            if (users.size() >= MOST) {
                throw RefusedException.bad("Too many users", MOST + " users", "fewer", "Remove those who are gone.");
            }
            keep(user);
        }
        LOG.info("User {} ({}) made by {}", name, role.word(), by);
        return user;
    }

    /** Null leaves the role or the password; logins before the change have ended. */
    public User change(String name, @Nullable String roleWord, @Nullable String password, String by) {
        Role role = roleWord == null || roleWord.isBlank() ? null : role(roleWord);
        String encoded = password == null || password.isEmpty() ? null : encoded(password);
        synchronized (changing) {
            User old = there(name);
            if (role == Role.VIEWER) {
                checkNotTheLastAdmin(old);
            }
            // Later than any login, even where the clock stands still.
            Instant now = clock.instant();
            Instant changed = now.isAfter(old.changed()) ? now : old.changed().plusNanos(1000);
            User user = new User(
                    name,
                    role == null ? old.role() : role,
                    encoded == null ? old.password() : encoded,
                    old.created(),
                    changed);
            keep(user);
            LOG.info("User {} ({}) changed by {}", name, user.role().word(), by);
            return user;
        }
    }

    /** @return false when the present password is not right */
    public boolean changeOwn(String name, @Nullable String present, @Nullable String next) {
        if (verify(name, present) == null) {
            return false;
        }
        // An empty one must be refused here, not left out as in a change by an admin.
        User changed = change(name, null, next == null || next.isEmpty() ? " " : next, name);
        return changed.name().equals(name);
    }

    public void remove(String name, String by) {
        synchronized (changing) {
            checkNotTheLastAdmin(there(name));
            store.remove(KIND, name);
            users.remove(name);
        }
        LOG.info("User {} removed by {}", name, by);
    }

    private void keep(User user) {
        store.put(KIND, user.name(), user.text());
        users.put(user.name(), user);
    }

    private User there(String name) {
        User user = users.get(name);
        if (user == null) {
            throw RefusedException.unknown("No such user", name, "the name of a user", "The list names them.");
        }
        return user;
    }

    /** Without it nobody could come in, or on loopback suddenly everybody. */
    private void checkNotTheLastAdmin(User user) {
        boolean another = users.values().stream()
                .anyMatch(each -> each.role() == Role.ADMIN && !each.name().equals(user.name()));
        if (user.role() == Role.ADMIN && !another) {
            throw RefusedException.bad(
                    "The last admin",
                    user.name(),
                    "another user with role admin first",
                    "Make one, then change or remove this one.");
        }
    }

    private static Role role(@Nullable String word) {
        Role role = Role.ofPerson(word);
        if (role == null) {
            throw RefusedException.bad(
                    "Unknown role",
                    word == null ? "none" : word,
                    "viewer or admin",
                    "Viewers read; admins change orders, tokens and users.");
        }
        return role;
    }

    private String encoded(@Nullable String password) {
        int length = password == null ? 0 : password.codePointCount(0, password.length());
        if (password == null || length < SHORTEST_PASSWORD || bytes(password) > LONGEST_PASSWORD_BYTES) {
            throw RefusedException.bad(
                    "Wrong password",
                    length + " characters",
                    "at least " + SHORTEST_PASSWORD + " characters and at most " + LONGEST_PASSWORD_BYTES + " bytes",
                    "A few words that do not belong together make a good one.");
        }
        return encode(encoder, password);
    }

    private static String encode(PasswordEncoder encoder, String password) {
        String encoded = encoder.encode(password);
        if (encoded == null) {
            throw new IllegalStateException("The password encoder gave nothing");
        }
        return encoded;
    }

    private static int bytes(String password) {
        return password.getBytes(StandardCharsets.UTF_8).length;
    }
}
