package dev.headroom.dashboard.access;

import dev.headroom.dashboard.refusal.RefusedException;
import dev.headroom.dashboard.store.SettingStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokens that were made here: {@code hrt_<id>_<256 random bits>}. Kept is the SHA-256 of the random part: nobody can guess 256
 * random bits however fast he hashes, so the slow hashes that people's passwords need would only slow every request down. As many
 * as wanted are valid at once, so one is replaced by making the next, handing it out and revoking the old one when it is no
 * longer used. Thread-safe; {@link #accept} never blocks.
 */
public final class Tokens {
    /** What every token of ours begins with; also lets scanners of repositories find one that leaked. */
    static final String PREFIX = "hrt_";

    private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);
    private static final String KIND = "token";
    private static final int MOST = 10_000;
    private static final int ID_BYTES = 6;
    private static final int SECRET_BYTES = 32;
    private static final int LONGEST_TEXT = 200;
    private static final Duration USE_KEPT_EVERY = Duration.ofMinutes(1);

    private final SettingStore store;
    private final InstantSource clock;
    private final Executor writer;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();
    /** Held while the store and the map are changed together. */
    private final Object changing = new Object();

    /** A token just made, with the only copy of its text. */
    public record Created(Token token, String text) {
        @Override
        public String toString() {
            return "Created[" + token.id() + "]";
        }
    }

    /** @param writer where the times of last use are written; may wait for disk */
    public Tokens(SettingStore store, InstantSource clock, Executor writer) {
        this.store = store;
        this.clock = clock;
        this.writer = writer;
        store.settings(KIND).forEach((id, text) -> tokens.put(id, Token.read(id, text)));
    }

    /**
     * Makes a token. Blocks until it is on disk.
     *
     * @param scope word of a role: ingest, read, check or admin; null for ingest
     * @param service that an ingest token writes as; null for every service
     * @throws RefusedException when it cannot be made; nothing was changed
     */
    public Created create(@Nullable String scope, @Nullable String service, @Nullable String label, String by) {
        Role role = scope == null || scope.isBlank() ? Role.AGENT : Role.ofScope(scope);
        if (role == null) {
            throw RefusedException.bad(
                    "Unknown scope",
                    scope == null ? "" : scope,
                    "ingest, read, check or admin",
                    "ingest is for agents, read for Prometheus and scripts, check for builds, admin for whoever changes"
                            + " things.");
        }
        String only = service == null || service.isBlank() ? null : checked("service", service);
        if (only != null && role != Role.AGENT) {
            throw RefusedException.bad(
                    "A service for a token that does not write",
                    "scope " + role.scope() + " with service " + only,
                    "a service with scope ingest only",
                    "Leave the service out; reading is not limited to a service.");
        }
        Token token;
        String secret;
        synchronized (changing) {
            if (tokens.size() >= MOST) {
                throw RefusedException.bad(
                        "Too many tokens", MOST + " tokens", "fewer", "Revoke those that are no longer used.");
            }
            secret = random(SECRET_BYTES);
            token = new Token(
                    HexFormat.of().formatHex(bytes(ID_BYTES)),
                    role,
                    only,
                    label == null || label.isBlank() ? "" : checked("label", label.strip()),
                    digest(secret),
                    clock.instant(),
                    by,
                    null);
            store.put(KIND, token.id(), token.text());
            tokens.put(token.id(), token);
        }
        LOG.info("Token {} ({}, service {}) made by {}", token.id(), role.scope(), token.service(), by);
        return new Created(token, PREFIX + token.id() + "_" + secret);
    }

    /** Ends a token at once. Blocks until that is on disk. @throws RefusedException when there is none of that id */
    public void revoke(String id, String by) {
        synchronized (changing) {
            if (!tokens.containsKey(id)) {
                throw RefusedException.unknown(
                        "No such token", id, "the id of a token", "The list of tokens names them.");
            }
            store.remove(KIND, id);
            tokens.remove(id);
        }
        LOG.info("Token {} revoked by {}", id, by);
    }

    /** Newest first. */
    public List<Token> all() {
        return tokens.values().stream()
                .sorted(Comparator.comparing(Token::created).reversed().thenComparing(Token::id))
                .toList();
    }

    /** Whether it looks like one of ours, valid or not. */
    static boolean ours(String presented) {
        return presented.startsWith(PREFIX);
    }

    /** The token that this is, or null. Takes the same time for every wrong secret. */
    @Nullable
    Token accept(String presented) {
        int end = presented.indexOf('_', PREFIX.length());
        if (!ours(presented) || end < 0) {
            return null;
        }
        Token token = tokens.get(presented.substring(PREFIX.length(), end));
        String digest = digest(presented.substring(end + 1));
        if (token == null || !MessageDigest.isEqual(ascii(digest), ascii(token.digest()))) {
            return null;
        }
        Instant now = clock.instant();
        if (token.lastUsed() == null || Duration.between(token.lastUsed(), now).compareTo(USE_KEPT_EVERY) >= 0) {
            used(token.id(), now);
        }
        return token;
    }

    private void used(String id, Instant at) {
        // Only the first of many requests in that minute finds the older time, and a revoked token stays revoked.
        Token used = tokens.computeIfPresent(id, (any, token) -> token.usedAt(at));
        if (used != null) {
            writer.execute(() -> {
                synchronized (changing) {
                    if (tokens.containsKey(id)) {
                        store.put(KIND, id, used.text());
                    }
                }
            });
        }
    }

    private static String checked(String what, String text) {
        if (text.length() > LONGEST_TEXT || text.chars().anyMatch(Character::isISOControl)) {
            throw RefusedException.bad(
                    "Wrong " + what,
                    text.length() + " characters",
                    "at most " + LONGEST_TEXT + ", none of them a control character",
                    "Choose a shorter, plain one.");
        }
        return text;
    }

    private String random(int bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(bytes));
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String digest(String secret) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
