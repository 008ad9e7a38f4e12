package dev.headroom.dashboard.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The one token of the setting {@code headroom.token}, and the cookie that stands for it in browsers: a digest, so that the cookie store of a
 * browser never holds the token itself. Comparisons take the same time wherever the first difference is. Immutable.
 */
final class MasterToken {
    private final byte[] digest;
    private final String cookie;

    MasterToken(String token) {
        this.digest = digest(token);
        this.cookie = Base64.getUrlEncoder().withoutPadding().encodeToString(digest("headroom cookie " + token));
    }

    /** True for the token itself. */
    boolean accepts(@Nullable String presented) {
        return presented != null && MessageDigest.isEqual(digest, digest(presented));
    }

    boolean acceptsCookie(@Nullable String presented) {
        return presented != null && MessageDigest.isEqual(digest(cookie), digest(presented));
    }

    String cookie() {
        return cookie;
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
