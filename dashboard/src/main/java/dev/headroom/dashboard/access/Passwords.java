package dev.headroom.dashboard.access;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * How people's passwords are encoded: bcrypt with 2^12 rounds, and its name before it, so that another encoding can follow while
 * those that are there still work. Argon2 would need one more library of 8 MB. Thread-safe; takes a quarter of a second on purpose.
 */
final class Passwords implements PasswordEncoder {
    private static final String ID = "bcrypt";
    private static final int ROUNDS_LOG2 = 12;

    private final PasswordEncoder encoder =
            new DelegatingPasswordEncoder(ID, Map.of(ID, new BCryptPasswordEncoder(ROUNDS_LOG2)));

    @Override
    public @Nullable String encode(@Nullable CharSequence password) {
        return encoder.encode(password);
    }

    @Override
    public boolean matches(@Nullable CharSequence password, @Nullable String encoded) {
        return encoder.matches(password, encoded);
    }
}
