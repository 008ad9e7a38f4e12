package dev.headroom.secrets;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Secrets that can be told from each other and from everything else: each is made of the place where it is used. Thread-safe.
 */
final class Marks {
    private static final Map<String, String> USED = new ConcurrentHashMap<>();

    private Marks() {}

    /** A password or token: letters of both cases and digits. */
    static String token(String place) {
        return used(place, "qZ7" + letters(place, 8) + "9Xw" + letters(place + ".", 10) + "4Kp");
    }

    /** Digits, as of an account. */
    static String digits(String place) {
        long number = uuid(place).getMostSignificantBits() & 0x7fffffffffL;
        return used(place, "77" + (1_000_000_000_000L + number));
    }

    static String uuidText(String place) {
        return used(place, uuid(place).toString());
    }

    static String hex(String place) {
        return used(place, uuid(place).toString().replace("-", "") + "0ddba11");
    }

    static String email(String place) {
        return used(place, "mq" + letters(place, 7).toLowerCase(java.util.Locale.ROOT) + ".xz@example.org");
    }

    /** Two words with a space, an apostrophe and a letter beyond ASCII. */
    static String name(String place) {
        return used(place, "Zqé" + letters(place, 6) + " O'Xq" + letters(place + "2", 6));
    }

    /** What was used so far, by its place. */
    static Map<String, String> all() {
        return new LinkedHashMap<>(USED);
    }

    private static String used(String place, String mark) {
        USED.put(place, mark);
        return mark;
    }

    private static UUID uuid(String place) {
        return UUID.nameUUIDFromBytes(place.getBytes(StandardCharsets.UTF_8));
    }

    private static String letters(String place, int length) {
        long seed = uuid(place).getMostSignificantBits();
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < length; i++) {
            int letter = (int) Math.floorMod(seed, 26L);
            letters.append((char) ((i % 3 == 1 ? 'A' : 'a') + letter));
            seed = seed / 26 + seed * 31;
        }
        return letters.toString();
    }
}
