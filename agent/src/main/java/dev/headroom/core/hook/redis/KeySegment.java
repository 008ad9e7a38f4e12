package dev.headroom.core.hook.redis;

import org.jspecify.annotations.Nullable;

/**
 * Writes one segment of a Redis key with its variable parts replaced. Works on bytes; writes into a buffer of the caller's;
 * stateless.
 *
 * <p>The order of the questions matters: a timestamp is also digits, a UUID also hexadecimal, and what is left after all of them
 * is a name that stays, except for numbers inside it.
 */
final class KeySegment {
    private static final int MAX_LITERAL = 40;
    private static final int MIN_HEX = 12;
    private static final int MIN_TOKEN = 20;

    static final byte[] ID = ascii("{id}");
    static final byte[] UUID = ascii("{uuid}");
    static final byte[] HEX = ascii("{hex}");
    static final byte[] EMAIL = ascii("{email}");
    static final byte[] IP = ascii("{ip}");
    static final byte[] DATE = ascii("{date}");
    static final byte[] TIMESTAMP = ascii("{ts}");
    static final byte[] TOKEN = ascii("{token}");
    static final byte[] ANY = ascii("{*}");

    private KeySegment() {}

    /** The replacement for the whole segment, or null when it is a name. */
    static byte @Nullable [] replacement(byte[] key, int from, int to) {
        int length = to - from;
        int digits = 0;
        int hex = 0;
        int upper = 0;
        int lower = 0;
        int joints = 0;
        boolean written = false;
        for (int i = from; i < to; i++) {
            byte c = key[i];
            written |= isOfText(c);
            if (isDigit(c)) {
                digits++;
                hex++;
            } else if ((c >= 'a' && c <= 'z') || c < 0) {
                lower++;
                hex += c >= 'a' && c <= 'f' ? 1 : 0;
            } else if (c >= 'A' && c <= 'Z') {
                upper++;
                hex += c <= 'F' ? 1 : 0;
            } else if (isJoint(c)) {
                joints++;
            }
        }
        if (digits == length && length > 0) {
            return number(key, from, length);
        }
        if (isUuid(key, from, to) || (length == 32 && hex == 32)) {
            return UUID;
        }
        if (hex == length && length >= MIN_HEX && digits > 0) {
            return HEX;
        }
        if (length >= 10 && isDate(key, from, to)) {
            return DATE;
        }
        if (written) {
            return ANY;
        }
        if (containsUuid(key, from, to)) {
            return null;
        }
        if (length >= MIN_TOKEN && isToken(key, from, to, digits, upper, lower, joints)) {
            return TOKEN;
        }
        if (digits * 2 > length && length >= 4) {
            return ID;
        }
        return length > MAX_LITERAL ? ANY : null;
    }

    /**
     * Copies a name, with the numbers, UUIDs and hexadecimal words inside it replaced: parts between joints such as - and _ that
     * are nothing else, and any run of four digits.
     *
     * @return the end of what was written
     */
    static int writeName(byte[] key, int from, int to, byte[] out, int at) {
        int i = from;
        while (i < to) {
            int end = i;
            if (to - i >= 36 && isUuid(key, i, i + 36)) {
                at = write(UUID, out, at);
                i += 36;
                continue;
            }
            while (end < to && !isJoint(key[end])) {
                end++;
            }
            byte @Nullable [] part = end > i ? replacement(key, i, end) : null;
            at = part != null ? write(part, out, at) : writePart(key, i, end, out, at);
            if (end < to) {
                out[at++] = key[end++];
            }
            i = end;
        }
        return at;
    }

    private static int writePart(byte[] key, int from, int to, byte[] out, int at) {
        int i = from;
        while (i < to) {
            int end = i;
            while (end < to && isDigit(key[end])) {
                end++;
            }
            if (end - i >= 4) {
                at = write(ID, out, at);
                i = end;
            } else {
                out[at++] = key[i++];
            }
        }
        return at;
    }

    static int write(byte[] text, byte[] out, int at) {
        System.arraycopy(text, 0, out, at, text.length);
        return at + text.length;
    }

    /** The replacement for a segment of digits alone. */
    static byte[] number(byte[] key, int from, int length) {
        if (length == 8 && ((key[from] == '1' && key[from + 1] == '9') || (key[from] == '2' && key[from + 1] == '0'))) {
            return DATE;
        }
        return length == 10 || length == 13 ? TIMESTAMP : ID;
    }

    private static boolean isUuid(byte[] key, int from, int to) {
        if (to - from != 36) {
            return false;
        }
        for (int i = 0; i < 36; i++) {
            byte c = key[from + i];
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? c != '-' : !isHex(c)) {
                return false;
            }
        }
        return true;
    }

    private static boolean containsUuid(byte[] key, int from, int to) {
        for (int i = from; i + 36 <= to; i++) {
            if (isUuid(key, i, i + 36)) {
                return true;
            }
        }
        return false;
    }

    /** yyyy-mm-dd, alone or followed by a time. */
    private static boolean isDate(byte[] key, int from, int to) {
        for (int i = 0; i < 10; i++) {
            byte c = key[from + i];
            boolean dash = i == 4 || i == 7;
            if (dash ? c != '-' : !isDigit(c)) {
                return false;
            }
        }
        return to - from == 10 || key[from + 10] == 'T' || key[from + 10] == ' ' || key[from + 10] == '_';
    }

    /** Base64, ULID and the like; not {@code recommendedProductsForUser} nor {@code product-recommendations-v2}. */
    private static boolean isToken(byte[] key, int from, int to, int digits, int upper, int lower, int joints) {
        if (digits == 0 && (upper == 0 || lower == 0)) {
            return false;
        }
        if (joints == 0 && digits > 0 && upper + lower > 0) {
            return true;
        }
        int mixed = 0;
        for (int i = from; i + 1 < to; i++) {
            byte c = key[i];
            byte next = key[i + 1];
            boolean digitMeetsLetter = isDigit(c) != isDigit(next) && !isJoint(c) && !isJoint(next);
            boolean shortWord = isUpper(c) && (isUpper(next) || (i + 2 < to && isUpper(key[i + 2])));
            if ((digitMeetsLetter || shortWord) && lower + digits > 0) {
                mixed++;
            }
        }
        return mixed >= 3;
    }

    static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }

    static boolean isHex(byte c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    private static boolean isUpper(byte c) {
        return c >= 'A' && c <= 'Z';
    }

    /** Somebody's words or an expression, such as a search, a person's name or the arguments of a method: no name that code gave. */
    private static boolean isOfText(byte c) {
        return c == ' ' || c == '\'' || c == '"' || c == '`' || c == '(' || c == ')' || c == '[' || c == ']' || c == '<'
                || c == '>' || c == '%' || c == '?' || c == '\\';
    }

    /** What joins words inside a segment. */
    private static boolean isJoint(byte c) {
        return c == '-' || c == '_' || c == '=' || c == ',' || c == ';' || c == '~' || c == '+' || c == '&';
    }

    private static byte[] ascii(String text) {
        byte[] bytes = new byte[text.length()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) text.charAt(i);
        }
        return bytes;
    }
}
